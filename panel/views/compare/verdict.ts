import type { MetricComparison, Verdict } from '../../../src/compare/model.ts';

/** Sorts changes first, those for the worse before the others, and equal metrics last. */
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
