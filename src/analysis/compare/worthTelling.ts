import { present } from './column.ts';
import type { Column } from './column.ts';

/** A tick of the coarse clock, ms: less is not known to be anything. */
const LEAST_TIME = 0.1;
/** Of all time within crossings; a function that has less is not what made a page slower. */
const LEAST_SHARE = 0.01;

/**
 * Which metrics have enough time in them for a change to matter. The others are not among the many
 * that the correction is for, so that a thousand tiny functions do not hide what happened to a large
 * one. It goes by the mean of all runs, whichever side they are of, so that the correction stays
 * right (independent filtering: Bourgon, Gentleman and Huber 2010).
 */
export function worthTelling(columns: readonly Column[]): (column: Column) => boolean {
  const means = new Map(columns.map((column) => [column.fields.id, meanOf(column)]));
  const crossings = means.get('crossings/all/time') ?? 0;
  return ({ fields, base, head }) => {
    if (present(base).length === 0 || present(head).length === 0) return false;
    // A time a call is worth what the function's calls take together.
    const id = fields.id.replace(/\/perCall$/, '/self');
    const mean = means.get(id) ?? 0;
    if (fields.group === 'crossings' && fields.kind === 'timed') {
      return mean >= Math.max(LEAST_SHARE * crossings, LEAST_TIME);
    }
    return fields.unit !== 'ms' || mean >= LEAST_TIME;
  };
}

function meanOf({ base, head }: Column): number {
  const values = [...present(base), ...present(head)];
  return values.reduce((sum, value) => sum + value, 0) / Math.max(values.length, 1);
}
