import type { MetricFields } from '../metrics/metricsOf.ts';
import { present } from '../statistics/present.ts';
import type { Column } from './column.ts';
import type { Verdict } from './model.ts';

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

/** The verdict for a change in this direction. */
export function changeVerdict({ unit, better }: MetricFields, up: boolean): Verdict {
  switch (unit) {
    case 'ms':
    case 'ns':
    case 'per second':
      return (better === 'lower') === up ? 'slower' : 'faster';
    case 'count':
    case 'pages':
      return up ? 'more' : 'fewer';
    case 'bytes':
    case 'factor':
    case 'share':
    case 'score':
      return up ? 'larger' : 'smaller';
    default:
      return unit satisfies never;
  }
}

/** Whether a change is for the worse. */
export const isWorse = ({ better }: MetricFields, up: boolean): boolean =>
  (better === 'lower') === up;
