import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  normalQuantile,
  rankSumCut,
  signedRankCut,
} from '../../../src/statistics/rankDistribution.ts';
import { pairedShift, unpairedShift } from '../../../src/statistics/shift.ts';
import { criticalT, twoSidedT } from '../../../src/statistics/student.ts';

const values = fc.array(fc.double({ min: -5, max: 5, noNaN: true }), {
  minLength: 4,
  maxLength: 12,
});

describe('the tables of the rank statistics', () => {
  // Hollander and Wolfe's tables A.4 and A.6; R: qwilcox(0.025, n, m), qsignrank(0.025, n).
  it.each([
    [4, 4, 1],
    [5, 5, 3],
    [10, 10, 24],
    [8, 6, 9],
  ])('leave out of %i and %i runs %i at each end', (n, m, cut) => {
    expect(rankSumCut(n, m, 0.025)).toBe(cut);
  });

  it.each([
    [6, 1],
    [10, 9],
    [20, 53],
  ])('leave out of %i pairs %i at each end', (n, cut) => {
    expect(signedRankCut(n, 0.025)).toBe(cut);
  });

  it('go over into the normal distribution without a jump', () => {
    expect(rankSumCut(31, 30, 0.025) / rankSumCut(30, 30, 0.025)).toBeCloseTo(31 / 30, 1);
  });
});

describe('the distributions', () => {
  it.each([
    [0.975, 1.959964],
    [0.5, 0],
    [0.001, -3.090232],
  ])('of the normal has its quantile %d', (share, z) => {
    expect(normalQuantile(share)).toBeCloseTo(z, 5);
  });

  it.each([
    [8, 2.306004],
    [2, 4.302653],
    [30, 2.042272],
  ])('of t with %i degrees has its quantile', (freedom, t) => {
    expect(criticalT(0.05, freedom)).toBeCloseTo(t, 5);
    expect(twoSidedT(t, freedom)).toBeCloseTo(0.05, 6);
  });
});

describe('the shift', () => {
  it('of two sides is the median of all differences, within its order statistics', () => {
    expect(unpairedShift([1, 2, 3, 4], [11, 12, 13, 14], 0.95)).toEqual({
      estimate: 10,
      low: 7,
      high: 13,
    });
  });

  it('is not known from three runs', () => {
    expect(unpairedShift([1, 2, 3], [4, 5, 6], 0.95)).toBeNull();
  });

  it('of pairs is not known from five', () => {
    expect(pairedShift([1, 1, 1, 1, 1], 0.95)).toBeNull();
  });

  it('of pairs takes no notice of what both of a pair share', () => {
    expect(pairedShift([2, 2, 2, 2, 2, 2], 0.95)).toEqual({ estimate: 2, low: 2, high: 2 });
  });

  it('swaps its sign with the sides', () => {
    fc.assert(
      fc.property(values, values, (a, b) => {
        const [there, back] = [unpairedShift(a, b, 0.95), unpairedShift(b, a, 0.95)];
        expect(there?.estimate).toBeCloseTo(-(back?.estimate ?? Number.NaN), 9);
        expect(there?.low).toBeCloseTo(-(back?.high ?? Number.NaN), 9);
      }),
    );
  });

  it('moves as one side does', () => {
    fc.assert(
      fc.property(values, values, fc.integer({ min: -9, max: 9 }), (a, b, by) => {
        const moved = unpairedShift(
          a,
          b.map((value) => value + by),
          0.95,
        );
        expect(moved?.estimate).toBeCloseTo(
          (unpairedShift(a, b, 0.95)?.estimate ?? Number.NaN) + by,
          9,
        );
      }),
    );
  });

  it('does not depend on the order of the runs', () => {
    fc.assert(
      fc.property(values, values, (a, b) => {
        expect(unpairedShift([...a].reverse(), [...b].reverse(), 0.95)).toEqual(
          unpairedShift(a, b, 0.95),
        );
      }),
    );
  });
});
