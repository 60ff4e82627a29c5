import { present } from '../statistics/present.ts';
import type { Amounts } from './amounts.ts';
import type { Column } from './column.ts';

/** The coarse clock's resolution, ms: shorter times cannot be measured. */
const LEAST_TIME = 0.1;
/** Of all time within crossings; a function with less did not make the page slower. */
const LEAST_SHARE = 0.01;

/**
 * Which metrics take enough time for a change to matter. The correction for many metrics leaves out
 * the others, so that a thousand tiny functions do not hide the change of a large one. The mean
 * over the runs of both sides decides, so that the correction remains valid (independent
 * filtering: Bourgon, Gentleman and Huber 2010).
 */
export function worthReporting(amounts: Amounts): (column: Column) => boolean {
  return (column) => {
    const { fields, baseline, candidate } = column;
    if (present(baseline).length === 0 || present(candidate).length === 0) return false;
    const amount = amounts.amountOf(column);
    if (fields.group === 'crossings' && fields.kind === 'timed') {
      return amount >= Math.max(LEAST_SHARE * amounts.crossings, LEAST_TIME);
    }
    return fields.unit !== 'ms' || amount >= LEAST_TIME;
  };
}
