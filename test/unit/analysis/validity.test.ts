import { expect, test } from 'vitest';
import type { Validity } from '../../../src/analysis/validity.ts';
import { ownCostOf, validityOf } from '../../../src/analysis/validity.ts';
import type { TierRow } from '../../../src/protocol/rows.ts';
import { moduleRow, realmInfo, segmentsOf, sessionFrom } from '../sessionBuilder.ts';

const withTiers = (...tiers: readonly (readonly [wasm: number, js: number])[]): Validity =>
  validityOf(
    sessionFrom(
      segmentsOf(
        tiers.map(([wasm, js], at) => ({
          modules: [moduleRow()],
          tiers: [{ at, wasm, js }] satisfies TierRow[],
        })),
      ),
    ),
  );

test.each([
  [
    'optimised',
    [
      [0.2, 0.6],
      [0.3, 0.6],
    ],
  ],
  [
    'baseline',
    [
      [1.8, 1.2],
      [1.9, 1.1],
    ],
  ],
  [
    'mixed',
    [
      [0.2, 0.6],
      [1.8, 0.8],
    ],
  ],
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
  expect(withTiers([2, 1]).warnings).toEqual([
    expect.stringContaining('Close DevTools and record again'),
  ]);
});

test('hidden stretches add up', () => {
  const hidden = {
    kind: 'visibility' as const,
    name: 'hidden',
    start: 0,
    duration: 1500,
    value: null,
    detail: '',
  };
  const validity = validityOf(
    sessionFrom(
      segmentsOf([{ modules: [moduleRow()], spans: [hidden, { ...hidden, start: 4000 }] }]),
    ),
  );
  expect(validity.hidden).toBe(3000);
  expect(validity.warnings).toEqual([expect.stringContaining('hidden for 3.0 s')]);
});

test('what the agent took is a share of the time of all threads that it ran in', () => {
  const overhead = { crossings: 0, hooks: 50, handover: 50 };
  const worker = segmentsOf(
    [{ info: realmInfo({ kind: 'worker', timeOrigin: 1000 }), overhead }],
    'worker',
  );
  const frame = segmentsOf([{ info: realmInfo({ kind: 'frame' }) }], 'frame');
  expect(ownCostOf(sessionFrom([...segmentsOf([{ overhead }]), ...frame, ...worker]))).toEqual({
    time: 200,
    share: 0.1,
  });
});
