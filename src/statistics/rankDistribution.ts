/**
 * How many order statistics a rank interval may leave out at each end: the largest k with
 * P(statistic ≤ k − 1) ≤ tail if nothing changed; 0 if there are too few runs for the confidence.
 */
export type Cut = number;

/** Up to so many runs per side the distribution is exact; beyond, the normal one is as good. */
const EXACT_RUNS = 30;

/** For the Mann–Whitney statistic of n and m runs (Hollander and Wolfe, 3rd ed., 4.1–4.3). */
export function rankSumCut(n: number, m: number, tail: number): Cut {
  if (Math.max(n, m) > EXACT_RUNS) {
    return normalCut((n * m) / 2, Math.sqrt((n * m * (n + m + 1)) / 12), tail);
  }
  return cutOf(rankSumCounts(n, m), tail);
}

/** For Wilcoxon's signed-rank statistic of n pairs (Hollander and Wolfe, 3rd ed., 3.1–3.3). */
export function signedRankCut(n: number, tail: number): Cut {
  if (n > EXACT_RUNS) {
    return normalCut((n * (n + 1)) / 4, Math.sqrt((n * (n + 1) * (2 * n + 1)) / 24), tail);
  }
  return cutOf(signedRankCounts(n), tail);
}

const normalCut = (mean: number, deviation: number, tail: number): Cut =>
  Math.max(Math.floor(mean - normalQuantile(1 - tail) * deviation), 0);

function cutOf(counts: Float64Array, tail: number): Cut {
  const all = counts.reduce((sum, each) => sum + each, 0);
  let below = 0;
  let cut = 0;
  while (cut < counts.length) {
    below += counts[cut] ?? 0;
    if (below / all > tail) break;
    cut++;
  }
  return cut;
}

const rankSums = new Map<string, Float64Array>();

/** In how many orders of n and m values the statistic is 0, 1, …, n·m. */
function rankSumCounts(n: number, m: number): Float64Array {
  const key = `${n} ${m}`;
  const counts = rankSums.get(key) ?? gaussianBinomial(n, m);
  rankSums.set(key, counts);
  return counts;
}

/** Coefficients of ∏ (1 − q^(m+i)) / (1 − q^i), i = 1 … n. */
function gaussianBinomial(n: number, m: number): Float64Array {
  const counts = new Float64Array(n * m + 1);
  counts[0] = 1;
  for (let i = 1; i <= n; i++) {
    for (let sum = counts.length - 1; sum >= m + i; sum--) {
      counts[sum] = (counts[sum] ?? 0) - (counts[sum - m - i] ?? 0);
    }
    for (let sum = i; sum < counts.length; sum++) {
      counts[sum] = (counts[sum] ?? 0) + (counts[sum - i] ?? 0);
    }
  }
  return counts;
}

/** In how many ways of signing 1 … n the positive ones add up to 0, 1, … */
function signedRankCounts(n: number): Float64Array {
  const counts = new Float64Array((n * (n + 1)) / 2 + 1);
  counts[0] = 1;
  for (let rank = 1; rank <= n; rank++) {
    for (let sum = counts.length - 1; sum >= rank; sum--) {
      counts[sum] = (counts[sum] ?? 0) + (counts[sum - rank] ?? 0);
    }
  }
  return counts;
}

/**
 * Acklam's rational approximation, in its middle region and its tails; relative error below 1.2e−9.
 */
export function normalQuantile(share: number): number {
  if (share > 0.5) return -normalQuantile(1 - share);
  const poly = (factors: readonly number[], x: number): number =>
    factors.reduce((sum, factor) => sum * x + factor, 0);
  if (share < 0.02425) {
    const q = Math.sqrt(-2 * Math.log(share));
    return poly(TAIL_ABOVE, q) / poly(TAIL_BELOW, q);
  }
  const q = share - 0.5;
  return (poly(MIDDLE_ABOVE, q * q) * q) / poly(MIDDLE_BELOW, q * q);
}

const MIDDLE_ABOVE = [
  -39.69683028665376, 220.9460984245205, -275.9285104469687, 138.357751867269, -30.66479806614716,
  2.506628277459239,
];
const MIDDLE_BELOW = [
  -54.47609879822406, 161.5858368580409, -155.6989798598866, 66.80131188771972, -13.28068155288572,
  1,
];
const TAIL_ABOVE = [
  -0.007784894002430293, -0.3223964580411365, -2.400758277161838, -2.549732539343734,
  4.374664141464968, 2.938163982698783,
];
const TAIL_BELOW = [
  0.007784695709041462, 0.3224671290700398, 2.445134137142996, 3.754408661907416, 1,
];
