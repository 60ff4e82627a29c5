import type { Comparison, MetricComparison } from '../../compare/model.ts';
import { comparisonText, contributionText, refusals, runsText } from '../../text/comparisonText.ts';
import { formatShare } from '../../text/format.ts';
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
  const { metrics, explanation, notes, options } = comparison;
  const own = metrics.filter(isOwn);
  const shown = own.filter((metric) => !isOneSided(metric) && (all || metric.significant));
  const width = Math.max(0, ...shown.map(({ label }) => label.length));
  const count = (verdict: string): number =>
    own.filter((metric) => metric.verdict === verdict).length;
  const told = explanation.slice(0, TOLD);
  return [
    `${page}: ${runsText(comparison)}`,
    ...refusals(comparison).map((reason) => `  ! ${reason}`),
    ...notes.map((note) => `  ${note}`),
    ...shown.map(
      (metric) =>
        `  ${metric.worse ? '✗' : metric.significant ? '✓' : ' '} ${metric.label.padEnd(width)}  ${comparisonText(metric, options.confidence)}${aliasesText(metric, metrics)}`,
    ),
    ...oneSided(metrics).map(({ verdict, text }) => `  ${verdict}, ${text}`),
    `  ${own.length} figures: ${own.filter(({ significant }) => significant).length} changed, ${count('equal')} equal, ${count('same')} the same within ${formatShare(options.minEffect)}, ${count('unknown')} unknown`,
    ...(told.length > 0
      ? ['  What changed the times:', ...told.map((part) => `    ${contributionText(part)}`)]
      : []),
  ];
}

/** One that is another's under a second name is told of with that. */
const isOwn = ({ aliasOf }: MetricComparison): boolean => aliasOf === null;
const isOneSided = ({ verdict }: MetricComparison): boolean =>
  verdict === 'new' || verdict === 'gone';

/** ` (also LCP)`. */
function aliasesText({ label }: MetricComparison, metrics: readonly MetricComparison[]): string {
  const aliases = metrics.filter(({ aliasOf }) => aliasOf === label).map((alias) => alias.label);
  return aliases.length > 0 ? ` (also ${aliases.join(', ')})` : '';
}

/** Of functions and modules that only one side has, so many are named. */
const NAMED = 8;

/** What only one side has, together: a module that is gone takes hundreds of figures along. */
function oneSided(
  metrics: readonly MetricComparison[],
): { verdict: 'gone' | 'new'; text: string }[] {
  return (['gone', 'new'] as const).flatMap((verdict) => {
    const all = new Set(
      metrics
        .filter((metric) => metric.verdict === verdict)
        .map(({ label }) => label.replace(/: [^:]*$/, '')),
    );
    // The functions of a module that is told of are not told of as well.
    const names = [...all].filter(
      (name) => !all.has(name.split(' · ')[0] ?? '') || !name.includes(' · '),
    );
    if (names.length === 0) return [];
    const more = names.length > NAMED ? ` and ${names.length - NAMED} more` : '';
    return [
      {
        verdict,
        text: `only the ${verdict === 'gone' ? 'baseline' : 'candidate'} has it: ${names.slice(0, NAMED).join(', ')}${more}`,
      },
    ];
  });
}

function blindText(metrics: readonly MetricComparison[]): string {
  const needed = metrics.flatMap(({ runsNeeded }) => runsNeeded ?? []);
  const first = needed.length > 0 ? ` (about ${Math.min(...needed)} a side tell of the first)` : '';
  return `nothing could be told: record more runs${first}`;
}

/** A line a metric, and one for what may not be compared, for what only one side has, and where nothing can be told. */
export function comparisonGate({ page, comparison }: PageComparison): GateLine[] {
  const { options, metrics } = comparison;
  const refused = options.force ? [] : refusals(comparison);
  const own = metrics.filter((metric) => isOwn(metric) && !isOneSided(metric));
  const blind =
    refused.length === 0 && own.length > 0 && own.every(({ verdict }) => verdict === 'unknown');
  return [
    ...refused.map(
      (text): GateLine => ({ group: page, name: 'comparable', outcome: 'not measured', text }),
    ),
    ...(blind
      ? [
          {
            group: page,
            name: 'comparable',
            outcome: 'not measured',
            text: blindText(own),
          } as const,
        ]
      : []),
    ...oneSided(metrics).map(
      ({ verdict, text }): GateLine => ({ group: page, name: verdict, outcome: 'holds', text }),
    ),
    ...own.map(
      (metric): GateLine => ({
        group: page,
        name: metric.label,
        outcome: metric.worse ? 'broken' : 'holds',
        text: comparisonText(metric, options.confidence),
      }),
    ),
  ];
}
