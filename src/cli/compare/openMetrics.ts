import type { Comparison, MetricComparison } from '../../compare/model.ts';
import { isOneSided } from './pageComparison.ts';

/** When a timing is known precisely enough. */
export interface Precision {
  /** Half the interval's width, as a share of the baseline. */
  share: number;
  /** Timings shorter than this on both sides do not matter, ms. */
  least: number;
}

/** The timings that need more runs. */
export const openMetrics = ({ metrics }: Comparison, precision: Precision): MetricComparison[] =>
  metrics.filter(
    (metric) =>
      isTiming(metric) &&
      !isOneSided(metric) &&
      longestMs(metric) >= precision.least &&
      !isSettled(metric, precision.share),
  );

const isTiming = ({ kind, unit }: MetricComparison): boolean =>
  kind !== 'exact' && (unit === 'ms' || unit === 'ns');

/** The larger median of the two sides, ms. */
function longestMs({ baseline, candidate, unit }: MetricComparison): number {
  const longest = Math.max(baseline?.median ?? 0, candidate?.median ?? 0);
  return unit === 'ns' ? longest * 1e-6 : longest;
}

function isSettled({ verdict, interval }: MetricComparison, share: number): boolean {
  if (verdict !== 'unknown') return true;
  return interval !== null && (interval[1] - interval[0]) / 2 <= share;
}
