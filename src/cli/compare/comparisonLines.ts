import type { Comparison, MetricComparison } from '../../compare/model.ts';
import { comparisonNoteText } from '../../text/comparisonNotes.ts';
import { comparisonText } from '../../text/comparisonText.ts';
import { contributionText } from '../../text/contributionText.ts';
import { formatCount, formatShare } from '../../text/format.ts';
import { refusalLines } from '../../text/refusalLines.ts';
import { runsText } from '../../text/runsText.ts';
import type { Paint } from '../io.ts';
import { oneSided } from './oneSided.ts';
import type { PageComparison } from './pageComparison.ts';
import { isOneSided, ownMetrics } from './pageComparison.ts';

/** How many parts of the explanation are shown. */
const SHOWN_PARTS = 8;

export interface LineOptions {
  /** Whether figures without a change are shown as well. */
  all: boolean;
  paint: Paint;
}

/** The result of a comparison, for people. */
export function comparisonLines(
  { page, comparison }: PageComparison,
  { all, paint }: LineOptions,
): string[] {
  const { metrics, notes } = comparison;
  const shown = ownMetrics(comparison).filter(
    (metric) => !isOneSided(metric) && (all || metric.significant),
  );
  return [
    `${paint('heading', page)}: ${runsText(comparison)}`,
    ...refusalLines(comparison).map((reason) => `  ${paint('unsure', '!')} ${reason}`),
    ...notes.map((note) => `  ${comparisonNoteText(note)}`),
    ...metricLines(shown, comparison, paint),
    ...oneSided(metrics).map(({ verdict, text }) => `  ${verdict}, ${text}`),
    `  ${totals(comparison)}`,
    ...explanationLines(comparison),
  ];
}

function metricLines(
  shown: readonly MetricComparison[],
  { metrics, options }: Comparison,
  paint: Paint,
): string[] {
  const width = Math.max(0, ...shown.map(({ label }) => label.length));
  return shown.map((metric) => {
    const text = comparisonText(metric, options.confidence);
    return `  ${markOf(metric, paint)} ${metric.label.padEnd(width)}  ${text}${aliasesOf(metric, metrics)}`;
  });
}

function markOf({ worse, significant }: MetricComparison, paint: Paint): string {
  if (worse) return paint('bad', '✗');
  return significant ? paint('good', '✓') : ' ';
}

/** ` (also LCP)`. */
function aliasesOf({ label }: MetricComparison, metrics: readonly MetricComparison[]): string {
  const aliases = metrics.filter(({ aliasOf }) => aliasOf === label).map((alias) => alias.label);
  return aliases.length > 0 ? ` (also ${aliases.join(', ')})` : '';
}

/** `31 figures: 2 changed, 20 equal, 5 the same within 3.0 %, 4 unknown`. */
function totals(comparison: Comparison): string {
  const metrics = ownMetrics(comparison);
  const count = (verdict: MetricComparison['verdict']): string =>
    formatCount(metrics.filter((metric) => metric.verdict === verdict).length);
  const changed = formatCount(metrics.filter(({ significant }) => significant).length);
  const margin = formatShare(comparison.options.minEffect);
  return `${formatCount(metrics.length)} figures: ${changed} changed, ${count('equal')} equal, ${count('same')} the same within ${margin}, ${count('unknown')} unknown`;
}

function explanationLines({ explanation }: Comparison): string[] {
  const parts = explanation.slice(0, SHOWN_PARTS);
  return parts.length === 0
    ? []
    : ['  What changed the times:', ...parts.map((part) => `    ${contributionText(part)}`)];
}
