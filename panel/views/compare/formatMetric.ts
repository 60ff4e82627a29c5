import type { MetricComparison, Verdict } from '../../../src/analysis/compare/model.ts';
import type { MetricUnit } from '../../../src/analysis/metrics.ts';
import { formatBytes, formatCount, formatDuration } from '../../components/format.ts';

/** A metric's value in its unit. */
export function formatMetric(value: number, unit: MetricUnit): string {
  switch (unit) {
    case 'bytes': return formatBytes(value);
    case 'ms': return formatDuration(value);
    case 'ns': return formatDuration(value / 1e6);
    case 'count': return formatCount(value);
    case 'pages': return `${formatCount(value)} pages`;
    case 'per second': return `${value.toFixed(1)}/s`;
    case 'score': return value.toFixed(3);
    default: return unit satisfies never;
  }
}

/** A ratio as a change: `+12 %`, `−3.1 %`, beyond ×2 `×3.4`; `0 %` for none. */
export function formatChange(ratio: number): string {
  if (ratio === 1) return '0 %';
  if (ratio >= 2) return `×${ratio.toFixed(ratio < 10 ? 1 : 0)}`;
  const percent = (ratio - 1) * 100;
  const digits = Math.abs(percent).toFixed(Math.abs(percent) < 9.95 ? 1 : 0);
  return `${percent < 0 ? '−' : '+'}${digits} %`;
}

/** A difference with its sign, in the unit. */
export function formatDifference(value: number, unit: MetricUnit): string {
  if (value === 0) return '0';
  return `${value < 0 ? '−' : '+'}${formatMetric(Math.abs(value), unit)}`;
}

export function verdictText({ verdict, within, runsNeeded }: MetricComparison): string {
  if (verdict === 'same' && within !== null) return `same within ${(within * 100).toFixed(1)} %`;
  if (verdict === 'unknown' && runsNeeded !== null) return `unknown: about ${runsNeeded} runs needed`;
  return verdict;
}

/** Changes first, those for the worse before the others; what is equal last. */
export function verdictRank({ verdict, worse, significant }: MetricComparison): number {
  if (significant) return worse ? 0 : 1;
  const calm: Partial<Record<Verdict, number>> = { unknown: 2, same: 3, equal: 4 };
  return calm[verdict] ?? 2;
}

export const verdictTone = ({ significant, worse, verdict }: MetricComparison): string => {
  if (!significant) return 'neutral';
  if (worse) return 'bad';
  return verdict === 'new' || verdict === 'gone' ? 'warning' : 'good';
};
