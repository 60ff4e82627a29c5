import type { Column } from './column.ts';
import { present } from './column.ts';

/** How much there is of each metric, in its unit: the mean of all runs, whichever side they are of. */
export interface Amounts {
  /** Of a time a call: what the function's calls take together, ms, as that is what was measured. 0: no run knows it. */
  of(column: Column): number;
  /** All time within crossings, ms. */
  crossings: number;
}

export function amountsOf(columns: readonly Column[]): Amounts {
  const means = new Map(columns.map((column) => [column.fields.id, meanOf(column)]));
  return {
    of: (column) => means.get(column.fields.id.replace(/\/perCall$/, '/self')) ?? meanOf(column),
    crossings: means.get('crossings/all/time') ?? 0,
  };
}

function meanOf({ base, head }: Column): number {
  const values = [...present(base), ...present(head)];
  return values.reduce((sum, value) => sum + value, 0) / Math.max(values.length, 1);
}
