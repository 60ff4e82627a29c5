import { expect, test } from 'vitest';
import { cpuVariationOf, slowdownOf, tierOf } from '../../../../src/analysis/validity/tierOf.ts';
import { sessionWithProbes } from './sessionWithProbes.ts';

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
] as const)('the tier is %s with probes of %j ms in wasm and JavaScript', (kind, probes) => {
  expect(tierOf(sessionWithProbes(...probes)).kind).toBe(kind);
});

test('the slowdown of the baseline tier is measured against a third of JavaScript’s time', () => {
  expect(slowdownOf({ kind: 'baseline', ratio: 2 })).toBeCloseTo(6);
});

test('the slowdown is unknown if wasm ran in the baseline tier for a part only', () => {
  expect(slowdownOf({ kind: 'mixed', ratio: 1 })).toBeNull();
});

test('the CPU’s variation is the slowest JavaScript probe over the fastest', () => {
  expect(cpuVariationOf(sessionWithProbes([0.2, 0.6], [0.4, 1.2]))).toBeCloseTo(2);
});

test('the CPU’s variation is unknown without probes', () => {
  expect(cpuVariationOf(sessionWithProbes())).toBeNull();
});
