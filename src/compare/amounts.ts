import { ALL_TIME, FUNCTION_SELF } from '../metrics/crossingMetrics.ts';
import { mean } from '../statistics/mean.ts';
import { present } from '../statistics/present.ts';
import type { Column } from './column.ts';
import { columnsBySubject } from './columnsBySubject.ts';

/** The size of each metric: the mean over the runs of both sides. */
export interface Amounts {
  /**
   * The time that was measured for a metric: the metric itself, or for a time per call the
   * function's self time; null: the metric is not a time.
   */
  timing(column: Column): Column | null;
  /** In ms for times and times per call, otherwise in the metric's unit. */
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

/** Of all runs that have a value; 0 if none has. */
export function meanOf({ baseline, candidate }: Column): number {
  const values = [...present(baseline), ...present(candidate)];
  return values.length === 0 ? 0 : mean(values);
}
