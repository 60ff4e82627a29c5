import type { Column } from './column.ts';

/** Runs of both sides that do not agree by chance in how they go up and down. */
const LEAST_RUNS = 6;

/**
 * Metrics that are one figure under two names: the same value in every run, as the first and the
 * largest paint of a page that paints once, or, over enough runs, the same but for a factor, as a
 * function's self time and its time per call where it is always called as often. They are one in a
 * test of many metrics, and a change of them is reported once.
 * @returns for each column that is an alias, the first column of that figure
 */
export function aliasesOf(columns: readonly Column[]): Map<Column, Column> {
  const first = new Map<string, Column>();
  const aliases = new Map<Column, Column>();
  for (const column of columns) {
    const key = keyOf(column);
    const before = first.get(key);
    if (before) aliases.set(column, before);
    else first.set(key, column);
  }
  return aliases;
}

function keyOf({
  fields,
  baseline,
  candidate,
  baselineVariance,
  candidateVariance,
}: Column): string {
  const values = [...baseline, ...candidate];
  const scale = values.find((value) => value !== null && value > 0);
  const runs = [
    baseline,
    candidate,
    baselineVariance.map(Math.sqrt),
    candidateVariance.map(Math.sqrt),
  ];
  if (values.length < LEAST_RUNS || !scale) return JSON.stringify([fields.unit, runs]);
  const scaled = (value: number | null): string =>
    value === null ? '' : (value / scale).toPrecision(10);
  return `${fields.better} ${runs.map((side) => side.map(scaled))}`;
}
