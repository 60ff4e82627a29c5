import type { MetricFields } from '../metrics/metricsOf.ts';
import type { Verdict } from './model.ts';

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
