import type { Column } from './column.ts';
import { present } from './column.ts';

/** A metric's values as logarithms, run by run; null where a run does not know it. */
export interface Logs {
  base: (number | null)[];
  head: (number | null)[];
}

/** Half a tick of the coarse clock, ms: less than that is not known to be anything. */
const LEAST_MS = 0.05;
const LEAST_COUNT = 0.5;

/**
 * Times are skewed, and changes of them are ratios: their logarithms are about symmetric, and a
 * difference there is a ratio here. What is 0 counts as half of the least that could be told from it.
 */
export function logsOf({ fields, base, head }: Column): Logs {
  const floor = leastOf(fields.unit, [...present(base), ...present(head)]);
  const logs = (values: readonly (number | null)[]): (number | null)[] =>
    values.map((value) => (value === null ? null : Math.log(Math.max(value, floor))));
  return { base: logs(base), head: logs(head) };
}

function leastOf(unit: Column['fields']['unit'], values: readonly number[]): number {
  if (unit === 'ms') return LEAST_MS;
  if (unit === 'count' || unit === 'pages') return LEAST_COUNT;
  const positive = values.filter((value) => value > 0);
  return positive.length > 0 ? Math.min(...positive) / 2 : 1;
}
