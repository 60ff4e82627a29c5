// The session format's versions. A version that changes what a reader must know adds a step here, a fixture in
// test/fixtures/sessions and a dated entry in docs/session-format.md; old files stay readable.

/** What this build writes, and the newest that it reads. */
export const FORMAT_VERSION = 2;

/** From one version to the next: parsed JSON in, parsed JSON out; the guards read what comes out last. */
export interface Upgrade {
  info(value: unknown): unknown;
  segment(value: unknown): unknown;
}

/** Step n − 1 leads from version n to n + 1. */
export const UPGRADES: readonly Upgrade[] = [{ info: (value) => value, segment: weighCalls }];

/**
 * Version 1 had one weight for all timed calls of a stretch, N / n: of N calls n were timed. The clock's cost was
 * taken off already.
 */
function weighCalls(value: unknown): unknown {
  const segment = value as { crossings?: Record<string, unknown> } | null;
  const crossings = segment?.crossings;
  const columns = ['calls', 'certain', 'timed', 'time', 'square'].map((name) => crossings?.[name]);
  if (!segment || !columns.every((column) => Array.isArray(column))) return value;
  const [calls, certain, timed, time, square] = columns as number[][] as [
    number[],
    number[],
    number[],
    number[],
    number[],
  ];
  const weights = calls
    .map((of, at) => (of - (certain[at] as number)) / (timed[at] as number) || 0)
    .map((weight) => (weight > 0 && Number.isFinite(weight) ? weight : 0));
  const weighed = (column: number[], power: number): number[] =>
    column.map((sum, at) => sum * (weights[at] as number) ** power);
  return {
    ...segment,
    crossings: {
      ...crossings,
      weight: weighed(timed, 1),
      weight2: weighed(timed, 2),
      time: weighed(time, 1),
      time2: weighed(time, 2),
      square: weighed(square, 2),
    },
  };
}

/** All steps from this version on, as one. */
export function upgradeFrom(version: number, steps: readonly Upgrade[] = UPGRADES): Upgrade {
  const due = steps.slice(version - 1);
  return {
    info: (value) => due.reduce((before, step) => step.info(before), value),
    segment: (value) => due.reduce((before, step) => step.segment(before), value),
  };
}
