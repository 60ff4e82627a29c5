import type { Comparison, MetricComparison } from '../../compare/model.ts';

/** When enough is known of a timing. */
export interface Precision {
  /** Half the interval's width, as a share of the baseline, that is precise enough. */
  share: number;
  /** Timings shorter than this on both sides are not waited for, ms. */
  least: number;
}

/** The timings of which more has to be known. */
export function openMetrics(
  { metrics }: Comparison,
  { share, least }: Precision,
): MetricComparison[] {
  const inMs = ({ unit }: MetricComparison, value: number): number =>
    unit === 'ns' ? value * 1e-6 : value;
  return metrics.filter((metric) => {
    const { baseline, candidate, interval, verdict, kind, unit } = metric;
    if (
      kind === 'exact' ||
      (unit !== 'ms' && unit !== 'ns') ||
      verdict === 'new' ||
      verdict === 'gone'
    )
      return false;
    if (Math.max(inMs(metric, baseline?.median ?? 0), inMs(metric, candidate?.median ?? 0)) < least)
      return false;
    return verdict === 'unknown' && (interval === null || (interval[1] - interval[0]) / 2 > share);
  });
}
