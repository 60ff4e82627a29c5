import type { Comparison } from '../../analysis/compare/model.ts';
import { comparisonText, contributionText, refusals } from '../../analysis/comparisonText.ts';
import { formatShare } from '../../analysis/format.ts';
import type { GateLine } from '../output/gateLine.ts';

/** One page, compared. */
export interface PageComparison {
  page: string;
  comparison: Comparison;
}

/** Parts of the explanation that are told. */
const TOLD = 8;

/** What a comparison says, for people. @param all metrics without a change too */
export function comparisonLines({ page, comparison }: PageComparison, all: boolean): string[] {
  const { runs, metrics, explanation, notes, options } = comparison;
  const shown = metrics.filter(({ significant }) => all || significant);
  const width = Math.max(0, ...shown.map(({ label }) => label.length));
  const count = (verdict: string): number => metrics.filter((metric) => metric.verdict === verdict).length;
  // Without a change in time, its parts are noise.
  const told = metrics.some(({ significant, depends }) => significant && depends === 'times') ? explanation.slice(0, TOLD) : [];
  return [
    `${page}: ${runs.base} and ${runs.head} runs${comparison.paired ? ', in turn' : ''}`,
    ...refusals(comparison).map((reason) => `  ! ${reason}`),
    ...notes.map((note) => `  ${note}`),
    ...shown.map((metric) => (
      `  ${metric.worse ? '✗' : metric.significant ? '✓' : ' '} ${metric.label.padEnd(width)}  ${comparisonText(metric, options.confidence)}`)),
    `  ${metrics.length} figures: ${metrics.filter(({ significant }) => significant).length} changed, ${count('equal')} equal, ${count('same')} the same within ${formatShare(options.minEffect)}, ${count('unknown')} unknown`,
    ...(told.length > 0 ? ['  What changed the times:', ...told.map((part) => `    ${contributionText(part)}`)] : []),
  ];
}

/** A line a metric, and one for what may not be compared. */
export function comparisonGate({ page, comparison }: PageComparison): GateLine[] {
  const { options, metrics } = comparison;
  const refused = options.force ? [] : refusals(comparison);
  return [
    ...refused.map((text): GateLine => ({ group: page, name: 'comparable', outcome: 'not measured', text })),
    ...metrics.map((metric): GateLine => ({
      group: page, name: metric.label, outcome: metric.worse ? 'broken' : 'holds', text: comparisonText(metric, options.confidence),
    })),
  ];
}
