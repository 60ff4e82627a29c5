import { mean } from './mean.ts';
import { rankSumCut, signedRankCut } from './rankDistribution.ts';
import { criticalT } from './student.ts';

/** How much higher the candidate is than the baseline. */
export interface Shift {
  estimate: number;
  low: number;
  high: number;
}

/**
 * Hodges and Lehmann's estimate of the shift from baseline to candidate with its exact interval:
 * the median of all differences between a candidate's and a baseline's value, and two of their
 * order statistics (Hollander and Wolfe, 3rd ed., 4.2–4.3). It assumes no distribution, and
 * tolerates outliers in up to a quarter of the runs. Ties make the interval wider, never too
 * narrow.
 * @returns null if there are too few values for the confidence: 95 % needs 4 per side
 */
export function unpairedShift(
  baseline: readonly number[],
  candidate: readonly number[],
  confidence: number,
): Shift | null {
  const cut = rankSumCut(baseline.length, candidate.length, (1 - confidence) / 2);
  if (cut === 0) return null;
  const differences = new Float64Array(baseline.length * candidate.length);
  let index = 0;
  for (const from of baseline) {
    for (const to of candidate) {
      differences[index] = to - from;
      index++;
    }
  }
  return fromOrder(differences.sort(), cut);
}

/**
 * The same for paired values: from the means of every two differences (Walsh averages) and the
 * signed-rank distribution (Hollander and Wolfe, 3rd ed., 3.2–3.3).
 * @param differences candidate minus baseline, for each pair
 * @returns null if there are too few pairs for the confidence: 95 % needs 6
 */
export function pairedShift(differences: readonly number[], confidence: number): Shift | null {
  const cut = signedRankCut(differences.length, (1 - confidence) / 2);
  if (cut === 0) return null;
  const means = new Float64Array((differences.length * (differences.length + 1)) / 2);
  let index = 0;
  for (const [first, one] of differences.entries()) {
    for (const other of differences.slice(first)) {
      means[index] = (one + other) / 2;
      index++;
    }
  }
  return fromOrder(means.sort(), cut);
}

/**
 * The difference of two means with Student's interval, for when there are too few values for ranks.
 * It assumes roughly normal values with the same variance on both sides.
 * @returns null if a side has fewer than two values
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
  const valueAt = (index: number): number => sorted[index] ?? Number.NaN;
  return {
    estimate: (valueAt(Math.floor(middle)) + valueAt(Math.ceil(middle))) / 2,
    low: valueAt(cut - 1),
    high: valueAt(length - cut),
  };
}
