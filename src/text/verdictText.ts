import type { MetricComparison } from '../compare/model.ts';
import { formatCount } from './format.ts';

/** `slower`, `same within 2.0 %`, `unknown: about 12 runs needed`. */
export function verdictText({ verdict, within, runsNeeded }: MetricComparison): string {
  if (verdict === 'same' && within !== null) return `same within ${(within * 100).toFixed(1)} %`;
  if (verdict === 'unknown' && runsNeeded !== null)
    return `unknown: about ${formatCount(runsNeeded)} runs needed`;
  return verdict;
}
