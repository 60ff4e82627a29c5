import { mean } from '../statistics/mean.ts';
import { present } from '../statistics/present.ts';
import type { Column } from './column.ts';

/** How much there is of each metric, as the mean of all runs, whichever side they are of. */
export interface Amounts {
  /** The time that was measured for a metric: that itself, of a time a call the function's self time; null: it is no time. */
  timing(column: Column): Column | null;
  /** ms for times, also for a time a call; else in the metric's unit. */
  of(column: Column): number;
  /** All time within crossings, ms. */
  crossings: number;
}

export function amountsOf(columns: readonly Column[]): Amounts {
  const byId = new Map(columns.map((column) => [column.fields.id, column]));
  const timing = (column: Column): Column | null => {
    if (column.fields.unit === 'ms') return column;
    return column.fields.unit === 'ns'
      ? (byId.get(column.fields.id.replace(/\/perCall$/, '/self')) ?? null)
      : null;
  };
  const all = byId.get('crossings/all/time');
  return {
    timing,
    of: (column) => meanOf(timing(column) ?? column),
    crossings: all ? meanOf(all) : 0,
  };
}

/** Of all runs that know it; 0 where none does. */
export function meanOf({ baseline, candidate }: Column): number {
  const values = [...present(baseline), ...present(candidate)];
  return values.length === 0 ? 0 : mean(values);
}
