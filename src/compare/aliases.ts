import type { Column } from './column.ts';

/** With fewer runs, two metrics could rise and fall together by chance. */
const LEAST_RUNS = 6;

/**
 * Finds metrics that are the same figure under two names. Either their values are equal in every
 * run (first and largest paint of a page that paints once), or, with enough runs, they differ by a
 * constant factor (self time and time per call of a function whose number of calls is constant).
 * They count as one in the correction for many metrics, and their change is reported once.
 * @returns for each alias, the first column of that figure
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
