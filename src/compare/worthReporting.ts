import { present } from '../statistics/present.ts';
import type { Amounts } from './amounts.ts';
import type { Column } from './column.ts';

/** A tick of the coarse clock, ms: less is not known to be anything. */
const LEAST_TIME = 0.1;
/** Of all time within crossings; a function that has less is not what made a page slower. */
const LEAST_SHARE = 0.01;

/**
 * Which metrics have enough time in them for a change to matter. The others are not among the many
 * that the correction is for, so that a thousand tiny functions do not hide what happened to a
 * large one. It goes by the mean of all runs, whichever side they are of, so that the correction
 * stays right (independent filtering: Bourgon, Gentleman and Huber 2010).
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
