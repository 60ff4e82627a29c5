import type { Comparison, Contribution, MetricComparison, Refusals } from '../compare/model.ts';
import { formatChange, formatCount, formatShare } from './format.ts';
import { formatDifference, formatQuantity } from './formatQuantity.ts';

/** `slower`, `same within 2.0 %`, `unknown: about 12 runs needed`. */
export function verdictText({ verdict, within, runsNeeded }: MetricComparison): string {
  if (verdict === 'same' && within !== null) return `same within ${(within * 100).toFixed(1)} %`;
  return verdict === 'unknown' && runsNeeded !== null
    ? `unknown: about ${formatCount(runsNeeded)} runs needed`
    : verdict;
}

/** `+12 % to +18 %`; '' where there is none. */
export const intervalText = ({ interval }: MetricComparison): string =>
  interval ? `${formatChange(interval[0])} to ${formatChange(interval[1])}` : '';

/** `+15 %`; '' where it is not known, or not sure: the medians beside it may differ the other way. */
export const changeText = ({ ratio, interval, significant }: MetricComparison): string =>
  ratio === null || (interval && !significant) ? '' : formatChange(ratio);

/** `10 runs against 10, compared in pairs`. */
export const runsText = ({ runs, paired }: Comparison): string =>
  `${runs.baseline} ${runs.baseline === 1 ? 'run' : 'runs'} against ${runs.candidate}${paired ? ', compared in pairs' : ''}`;

/** `80.0 ms → 92.0 ms, +15 % (95 %: +12 % to +18 %): slower`. */
export function comparisonText(metric: MetricComparison, confidence: number): string {
  const { baseline, candidate, unit, ratio, verdict, notes } = metric;
  const side = (summary: typeof baseline): string =>
    summary ? formatQuantity(summary.median, unit) : 'none';
  // So little more that both sides look the same.
  const difference =
    metric.difference !== 0 && side(baseline) === side(candidate)
      ? `, ${formatDifference(metric.difference, unit)}`
      : '';
  const interval = intervalText(metric);
  const change = ratio === 1 ? '' : changeText(metric);
  const range = interval === '' ? '' : ` (${Math.round(confidence * 100)} %: ${interval})`;
  const note = verdict === 'unknown' && notes[0] ? `, ${notes[0]}` : '';
  return `${side(baseline)} → ${side(candidate)}${difference}${change && `, ${change}`}${range}: ${verdictText(metric)}${note}`;
}

/** The parts of a comparison, in the order in which people read them. */
const PARTS: Record<keyof Refusals, string> = {
  times: 'times',
  memory: 'memory',
  counts: 'counts',
  transfer: 'bytes over the network',
};

/** Why parts of a comparison were refused, one line per reason with the parts that it concerns. */
export function refusals({ refused }: Comparison): string[] {
  const partsByReason = new Map<string, string[]>();
  const add = (reason: string, part: string): void => {
    partsByReason.set(reason, [...(partsByReason.get(reason) ?? []), part]);
  };
  for (const reason of refused.times) add(reason, PARTS.times);
  for (const reason of refused.memory) add(reason, PARTS.memory);
  for (const reason of refused.counts) add(reason, PARTS.counts);
  for (const reason of refused.transfer) add(reason, PARTS.transfer);
  return [...partsByReason].map(([reason, parts]) =>
    parts.length === Object.keys(PARTS).length
      ? `nothing may be compared: ${reason}`
      : `${listOf(parts)} may not be compared: ${reason}`,
  );
}

/** `times`, `times and memory`, `times, memory and counts`. */
const listOf = (words: readonly string[]): string =>
  words.length > 1 ? `${words.slice(0, -1).join(', ')} and ${words.at(-1)}` : words.join('');

const KINDS: Record<Contribution['kind'], string> = {
  function: 'functions',
  module: 'modules',
  phase: 'phases',
  request: 'requests',
};

/** `function env.read: +11.2 ms (+10 ms to +12 ms), 80 % of what functions changed, 10 → 12 times`. */
export function contributionText({
  kind,
  label,
  difference,
  interval,
  share,
  count,
}: Contribution): string {
  const signed = (ms: number): string => formatDifference(ms, 'ms');
  const range = interval ? ` (${signed(interval[0])} to ${signed(interval[1])})` : '';
  const calls =
    count && count.baseline !== count.candidate
      ? `, ${count.baseline} → ${count.candidate} times`
      : '';
  return `${kind} ${label}: ${signed(difference)}${range}, ${formatShare(share)} of what ${KINDS[kind]} changed${calls}`;
}
