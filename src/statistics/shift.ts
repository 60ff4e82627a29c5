import { mean } from './mean.ts';
import { rankSumCut, signedRankCut } from './rankDistribution.ts';
import { criticalT } from './student.ts';

/** By how much one side lies above the other. */
export interface Shift {
  estimate: number;
  low: number;
  high: number;
}

/**
 * Hodges and Lehmann's estimate of the shift from baseline to candidate with its exact interval:
 * the median of all differences between a value of one and a value of the other, and two of their
 * order statistics (Hollander and Wolfe, 3rd ed., 4.2–4.3). It asks for no distribution, and one
 * run in four may be an outlier. Ties make the interval wider, never narrower than it should be.
 * @returns null where there are too few values for the confidence: 4 a side for 95 %
 */
export function unpairedShift(
  baseline: readonly number[],
  candidate: readonly number[],
  confidence: number,
): Shift | null {
  const cut = rankSumCut(baseline.length, candidate.length, (1 - confidence) / 2);
  if (cut === 0) return null;
  const differences = new Float64Array(baseline.length * candidate.length);
  let at = 0;
  for (const from of baseline) for (const to of candidate) differences[at++] = to - from;
  return fromOrder(differences.sort(), cut);
}

/**
 * The same for values that belong together two by two: by the means of all two differences (Walsh
 * averages) and the signed-rank distribution (Hollander and Wolfe, 3rd ed., 3.2–3.3).
 * @param differences candidate less baseline, of each pair
 * @returns null where there are too few pairs for the confidence: 6 for 95 %
 */
export function pairedShift(differences: readonly number[], confidence: number): Shift | null {
  const cut = signedRankCut(differences.length, (1 - confidence) / 2);
  if (cut === 0) return null;
  const means = new Float64Array((differences.length * (differences.length + 1)) / 2);
  let at = 0;
  for (let one = 0; one < differences.length; one++) {
    for (let other = one; other < differences.length; other++) {
      means[at++] = ((differences[one] as number) + (differences[other] as number)) / 2;
    }
  }
  return fromOrder(means.sort(), cut);
}

/**
 * The difference of two means with Student's interval, for so few values that ranks cannot give the
 * confidence. It asks for values that are about normally distributed, and alike on both sides.
 * @returns null where a side has fewer than two values
 */
export function meanShift(
  baseline: readonly number[],
  candidate: readonly number[],
  confidence: number,
): Shift | null {
  if (baseline.length < 2 || candidate.length < 2) return null;
  const freedom = baseline.length + candidate.length - 2;
  const variance = (squares(baseline) + squares(candidate)) / freedom;
  const error = Math.sqrt(variance * (1 / baseline.length + 1 / candidate.length));
  const estimate = mean(candidate) - mean(baseline);
  const half = criticalT(1 - confidence, freedom) * error;
  return { estimate, low: estimate - half, high: estimate + half };
}

/** Sum of squared distances from the mean. */
function squares(values: readonly number[]): number {
  const middle = mean(values);
  return values.reduce((sum, value) => sum + (value - middle) ** 2, 0);
}

function fromOrder(sorted: Float64Array, cut: number): Shift {
  const { length } = sorted;
  const middle = (length - 1) / 2;
  return {
    estimate: ((sorted[Math.floor(middle)] as number) + (sorted[Math.ceil(middle)] as number)) / 2,
    low: sorted[cut - 1] as number,
    high: sorted[length - cut] as number,
  };
}
