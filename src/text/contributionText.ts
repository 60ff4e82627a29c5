import type { Contribution } from '../compare/model.ts';
import { formatShare } from './format.ts';
import { formatDifference } from './formatQuantity.ts';

const KINDS: Record<Contribution['kind'], string> = {
  function: 'functions',
  module: 'modules',
  phase: 'phases',
  request: 'requests',
};

/**
 * `function env.read: +11.2 ms (+10 ms to +12 ms), 80 % of all changes in functions, 10 → 12
 * times`.
 */
export function contributionText(contribution: Contribution): string {
  const { kind, label, difference, interval, share, count } = contribution;
  const signed = (ms: number): string => formatDifference(ms, 'ms');
  const range = interval ? ` (${signed(interval[0])} to ${signed(interval[1])})` : '';
  const times =
    count && count.baseline !== count.candidate
      ? `, ${count.baseline} → ${count.candidate} times`
      : '';
  return `${kind} ${label}: ${signed(difference)}${range}, ${formatShare(share)} of all changes in ${KINDS[kind]}${times}`;
}
