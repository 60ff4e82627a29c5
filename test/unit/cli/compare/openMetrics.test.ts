import { expect, test } from 'vitest';
import { openMetrics } from '../../../../src/cli/compare/openMetrics.ts';
import type { MetricComparison } from '../../../../src/compare/model.ts';
import { comparison, side, unknown } from './comparisons.ts';

/** Whether ab waits for such a metric. */
const isOpen = (change: Partial<MetricComparison>): boolean => {
  const metrics = [{ ...unknown, ...change }];
  return openMetrics(comparison({ metrics }), { share: 0.03, least: 1 }).length > 0;
};

test('ab waits for a timing without a result', () => {
  expect(isOpen({})).toBe(true);
});

test.each<[string, Partial<MetricComparison>]>([
  ['that is precise enough', { interval: [0.99, 1.02] }],
  ['with a result', { verdict: 'slower' }],
  ['that is too short to matter', { baseline: side(0.2), candidate: side(0.3) }],
  ['that is exact', { kind: 'exact' }],
])('ab does not wait for a figure %s', (_, change) => {
  expect(isOpen(change)).toBe(false);
});
