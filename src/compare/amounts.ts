import { ALL_TIME, FUNCTION_SELF } from '../metrics/crossingMetrics.ts';
import { mean } from '../statistics/mean.ts';
import { present } from '../statistics/present.ts';
import type { Column } from './column.ts';
import { columnsBySubject } from './columnsBySubject.ts';

/** How much there is of each metric, as the mean of all runs, whichever side they are on. */
export interface Amounts {
  /**
   * The time that was measured for a metric: the metric itself, or the function's self time for a
   * time per call; null: it is no time.
   */
  timing(column: Column): Column | null;
  /** ms for times, also for a time per call; else in the metric's unit. */
  amountOf(column: Column): number;
  /** All time within crossings, ms. */
  crossings: number;
}

export function amountsOf(columns: readonly Column[]): Amounts {
  const find = columnsBySubject(columns);
  const timing = (column: Column): Column | null => {
    const { unit, subject } = column.fields;
    if (unit === 'ms') return column;
    return unit === 'ns' ? find(subject, FUNCTION_SELF.quantity) : null;
  };
  const all = find({ type: 'crossings' }, ALL_TIME.quantity);
  return {
    timing,
    amountOf: (column) => meanOf(timing(column) ?? column),
    crossings: all ? meanOf(all) : 0,
  };
}

/** Of all runs that have it; 0 where none does. */
export function meanOf({ baseline, candidate }: Column): number {
  const values = [...present(baseline), ...present(candidate)];
  return values.length === 0 ? 0 : mean(values);
}
