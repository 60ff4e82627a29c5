import { expect, test } from 'vitest';
import { comparable, validityOf } from '../../../src/analysis/validity.ts';
import type { Validity } from '../../../src/analysis/validity.ts';
import type { TierRow } from '../../../src/protocol/rows.ts';
import { segmentsOf, sessionFrom } from '../sessionBuilder.ts';

const withTiers = (...tiers: readonly (readonly [wasm: number, js: number])[]): Validity =>
  validityOf(sessionFrom(segmentsOf(tiers.map(([wasm, js], at) => ({ tiers: [{ at, wasm, js }] satisfies TierRow[] })))));

test.each([
  ['optimised', [[0.2, 0.6], [0.3, 0.6]]],
  ['baseline', [[1.8, 1.2], [1.9, 1.1]]],
  ['mixed', [[0.2, 0.6], [1.8, 0.8]]],
  ['unknown', [[0.8, 1]]],
  ['unknown', []],
] as const)('wasm’s tier is told by its time over JavaScript’s: %s', (kind, tiers) => {
  expect(withTiers(...tiers).tier.kind).toBe(kind);
});

test('a machine that slowed down meanwhile is told of', () => {
  const { tier, warnings } = withTiers([0.2, 0.6], [0.4, 1.2]);
  expect(tier.drift).toBeCloseTo(2);
  expect(warnings).toEqual([expect.stringContaining('2.0 times slower')]);
});

test('the baseline tier is warned of, with what to do', () => {
  expect(withTiers([2, 1]).warnings).toEqual([expect.stringContaining('Close DevTools and record again')]);
});

test('hidden stretches add up', () => {
  const hidden = { kind: 'visibility' as const, name: 'hidden', start: 0, duration: 1500, value: null, detail: '' };
  const validity = validityOf(sessionFrom(segmentsOf([{ spans: [hidden, { ...hidden, start: 4000 }] }])));
  expect(validity.hidden).toBe(3000);
  expect(validity.warnings).toEqual([expect.stringContaining('hidden for 3.0 s')]);
});

test('like conditions may be compared', () => {
  expect(comparable(withTiers([0.2, 0.6]), withTiers([0.3, 0.6]))).toEqual({ times: [], memory: [], counts: [] });
});

test('times of the baseline tier may not be compared, their counts and memory may', () => {
  const refused = comparable(withTiers([0.2, 0.6]), withTiers([2, 1]));
  expect(refused).toEqual({ times: [expect.stringContaining('In the head')], memory: [], counts: [] });
});

test('another browser’s times and memory may not be compared, another patch of it may', () => {
  const of = (browser: string): Validity => ({ ...withTiers([0.2, 0.6]), browser });
  expect(comparable(of('Chromium 156.0.1'), of('Chromium 156.2')).times).toEqual([]);
  const { times, memory, counts } = comparable(of('Chromium 156.0.1'), of('Firefox 153.0'));
  expect([times.length, memory.length, counts.length]).toEqual([1, 1, 0]);
});

test('counts of a session that dropped some may not be compared', () => {
  const base = withTiers([0.2, 0.6]);
  expect(comparable(base, { ...base, dropped: 3 }).counts).toHaveLength(1);
});
