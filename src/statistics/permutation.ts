import { median } from './quantile.ts';
import { createRandom } from './random.ts';
import type { Sides } from './sides.ts';

/** Permutations for each comparison, unless they would take too long. */
const PERMUTATIONS = 1999;
const LEAST_PERMUTATIONS = 499;
/** Additions that all permutations together may take: about half a second. */
const ADDITIONS = 3e8;
/**
 * Added to each standard error, on the log scale. Otherwise a metric that varies too little for the
 * clock to show it would rank first (Tusher, Tibshirani and Chu 2001).
 */
const FUDGE = 0.005;
/** Values further out than this many deviations beyond the median distance are pulled in to it. */
const OUTLYING = 3;

/**
 * Corrected p-values: the probability that, if nothing changed, any of the metrics would show a
 * change as clear as this one. The method is Westfall and Young's step-down maxT (1993; algorithm 4
 * of Ge, Dudoit and Speed 2003). It reassigns whole sessions to the two sides at random. So metrics
 * that rise and fall together, as on a noisy machine, stay together, and the correction is no
 * stricter than it has to be; Holm's treats all metrics as unrelated.
 * @param metrics values on a scale on which they are roughly symmetric; each with the same runs
 * @param paired reassigns only within pairs
 * @returns one p-value per metric; 1 with fewer than two runs per side
 */
export function correctedChances(
  metrics: readonly Sides[],
  paired: boolean,
  seed: number,
): Float64Array {
  const tables = metrics.map((logs) => (paired ? pairedTable(logs) : unpairedTable(logs)));
  const [first] = metrics;
  const chances = new Float64Array(metrics.length).fill(1);
  if (!first) return chances;
  const runs = first.baseline.length + first.candidate.length;
  const random = createRandom(seed);
  const deal = paired
    ? dealPairs(first.baseline.length, random)
    : dealRuns(first.baseline.length, runs, random);
  const ranked = tables
    .map((table, index) => ({ table, index, observed: table(deal.given), reached: 1 }))
    .sort((a, b) => b.observed - a.observed);
  const weakestFirst = ranked.toReversed();
  const rounds = Math.min(
    PERMUTATIONS,
    Math.max(LEAST_PERMUTATIONS, Math.floor(ADDITIONS / (runs * metrics.length))),
  );
  for (let round = 0; round < rounds; round++) {
    const dealt = deal.next();
    let most = 0;
    for (const metric of weakestFirst) {
      most = Math.max(most, metric.table(dealt));
      // Sums in a different order differ in their last digits.
      if (most >= metric.observed - 1e-9) metric.reached++;
    }
  }
  let highest = 0;
  for (const { index, observed, reached } of ranked) {
    highest = Math.max(highest, reached / (rounds + 1));
    chances[index] = observed > 0 ? highest : 1;
  }
  return chances;
}

/**
 * |t| of a metric for one assignment of the runs.
 * @param dealt 1 for a run of the baseline, or for a pair that is not swapped; otherwise 0
 */
type Statistic = (dealt: Uint8Array) => number;

interface Deal {
  given: Uint8Array;
  next(): Uint8Array;
}

function dealRuns(baseline: number, runs: number, random: () => number): Deal {
  const given = new Uint8Array(runs).fill(1, 0, baseline);
  const dealt = given.slice();
  return {
    given: given.slice(),
    next() {
      for (let index = runs - 1; index > 0; index--) {
        const other = Math.floor(random() * (index + 1));
        const kept = dealt[index] ?? 0;
        dealt[index] = dealt[other] ?? 0;
        dealt[other] = kept;
      }
      return dealt;
    },
  };
}

function dealPairs(pairs: number, random: () => number): Deal {
  const dealt = new Uint8Array(pairs);
  return {
    given: new Uint8Array(pairs).fill(1),
    next() {
      for (let pair = 0; pair < pairs; pair++) dealt[pair] = random() < 0.5 ? 1 : 0;
      return dealt;
    },
  };
}

function unpairedTable({ baseline, candidate }: Sides): Statistic {
  const places: number[] = [];
  const known: number[] = [];
  [...baseline, ...candidate].forEach((value, place) => {
    if (value === null) return;
    places.push(place);
    known.push(value);
  });
  const centre = known.length > 0 ? median(known) : 0;
  const values = clipped(known.map((value) => value - centre));
  const runs = Int32Array.from(places);
  const sum = values.reduce((total, value) => total + value, 0);
  const squares = values.reduce((total, value) => total + value * value, 0);
  const n = values.length;
  const scatter = squares - (sum * sum) / n;
  return (dealt) => {
    let own = 0;
    let count = 0;
    for (let index = 0; index < n; index++) {
      if (dealt[runs[index] ?? 0] !== 1) continue;
      own += values[index] ?? 0;
      count++;
    }
    const others = n - count;
    if (count < 2 || others < 2) return 0;
    const difference = own / count - (sum - own) / others;
    const share = 1 / count + 1 / others;
    const within = Math.max(scatter - difference ** 2 / share, 0) / (n - 2);
    return Math.abs(difference) / (Math.sqrt(within * share) + FUDGE);
  };
}

function pairedTable({ baseline, candidate }: Sides): Statistic {
  const places: number[] = [];
  const known: number[] = [];
  baseline.forEach((value, place) => {
    const other = candidate[place] ?? null;
    if (value === null || other === null) return;
    places.push(place);
    known.push(other - value);
  });
  const values = clipped(known);
  const runs = Int32Array.from(places);
  const n = values.length;
  const squares = values.reduce((total, value) => total + value * value, 0);
  return (dealt) => {
    if (n < 2) return 0;
    let sum = 0;
    for (let index = 0; index < n; index++) {
      const value = values[index] ?? 0;
      sum += dealt[runs[index] ?? 0] === 1 ? value : -value;
    }
    const mean = sum / n;
    const variance = Math.max(squares - n * mean * mean, 0) / (n - 1);
    return Math.abs(mean) / (Math.sqrt(variance / n) + FUDGE);
  };
}

/**
 * Pulls in outliers (Huber's ψ) by their distance from 0, relative to how much distances vary. This
 * ignores the sides, so it can be done once before they are reassigned, and it stays narrow where
 * the sides differ.
 */
function clipped(values: readonly number[]): Float64Array {
  const distances = values.map(Math.abs);
  const middle = distances.length > 0 ? median(distances) : 0;
  const scatter = distances.length > 0 ? median(distances.map((one) => Math.abs(one - middle))) : 0;
  const most = scatter > 0 ? middle + OUTLYING * 1.4826 * scatter : Number.POSITIVE_INFINITY;
  return Float64Array.from(values, (value) => Math.min(Math.max(value, -most), most));
}
