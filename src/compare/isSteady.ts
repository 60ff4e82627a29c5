import { present } from '../statistics/present.ts';
import type { Column } from './column.ts';

/**
 * Whether an exact metric has the same value in all runs of each side, so that any difference
 * between the sides is a change.
 */
export function isSteady({ fields, baseline, candidate }: Column): boolean {
  return (
    fields.kind === 'exact' &&
    [baseline, candidate].map(present).every((side) => side.every((one) => one === side[0]))
  );
}

/** Whether a side has no value although the metric may exist there: then it cannot be compared. */
export const isUnknown = ({ baseline, candidate, absentFrom }: Column): boolean =>
  absentFrom === null && [baseline, candidate].some((side) => present(side).length === 0);
