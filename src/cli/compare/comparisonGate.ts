import type { Comparison } from '../../compare/model.ts';
import { noResult } from '../../text/cliMessages.ts';
import { comparisonText } from '../../text/comparisonText.ts';
import { refusalLines } from '../../text/refusalLines.ts';
import type { GateLine } from '../output/gateLine.ts';
import { oneSided } from './oneSided.ts';
import type { PageComparison } from './pageComparison.ts';
import { isOneSided, ownMetrics } from './pageComparison.ts';

/**
 * The verdict of a comparison: a line for each figure, for each reason against comparing, for what
 * only one side has, and one if there is no result at all.
 */
export function comparisonGate({ page: group, comparison }: PageComparison): GateLine[] {
  const { confidence } = comparison.options;
  const own = ownMetrics(comparison).filter((metric) => !isOneSided(metric));
  return [
    ...obstacles(comparison).map(
      (text): GateLine => ({ group, name: 'comparable', outcome: 'not measured', text }),
    ),
    ...oneSided(comparison.metrics).map(
      ({ verdict, text }): GateLine => ({ group, name: verdict, outcome: 'passed', text }),
    ),
    ...own.map(
      (metric): GateLine => ({
        group,
        name: metric.label,
        outcome: metric.worse ? 'failed' : 'passed',
        text: comparisonText(metric, confidence),
      }),
    ),
  ];
}

/** Why the comparison has no result, as a whole or in part. */
function obstacles(comparison: Comparison): string[] {
  const reasons = comparison.options.force ? [] : refusalLines(comparison);
  if (reasons.length > 0) return reasons;
  const own = ownMetrics(comparison).filter((metric) => !isOneSided(metric));
  const unknown = own.length > 0 && own.every(({ verdict }) => verdict === 'unknown');
  if (!unknown) return [];
  const needed = own.flatMap(({ runsNeeded }) => runsNeeded ?? []);
  return [noResult(needed.length > 0 ? Math.min(...needed) : null)];
}
