import { median } from './quantile.ts';
import { createRandom } from './random.ts';
import type { Sides } from './sides.ts';

/** Permutations for each comparison, if they do not take too long. */
const PERMUTATIONS = 1999;
const LEAST_PERMUTATIONS = 499;
/** Additions that all permutations may take together: about half a second. */
const ADDITIONS = 3e8;
/**
 * Added to each standard error, on the log scale, so that a metric that does not scatter at all for
 * the clock's ticks does not come first for that (Tusher, Tibshirani and Chu 2001).
 */
const FUDGE = 0.005;
/**
 * Distances above the median distance by more deviations than this count as if they were that far.
 */
const OUTLYING = 3;

/**
 * The chance of a change as clear as a metric's anywhere among all metrics, had nothing changed:
 * Westfall and Young's step-down maxT (1993; algorithm 4 of Ge, Dudoit and Speed 2003). The runs
 * are dealt to the two sides anew, whole sessions at a time, so that metrics that go up and down
 * together, as those of a noisy machine do, stay together: the correction is as strict as they are
 * many, but no stricter, where Holm's takes them all for unrelated.
 * @param metrics values on a scale on which they are about symmetric; each with the same runs
 * @param paired deals within pairs only
 * @returns corrected p, one a metric; 1 where there are fewer than two runs a side
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
  const observed = tables.map((table) => table(deal.given));
  const order = observed
    .map((_, at) => at)
    .sort((a, b) => (observed[b] as number) - (observed[a] as number));
  const rounds = Math.min(
    PERMUTATIONS,
    Math.max(LEAST_PERMUTATIONS, Math.floor(ADDITIONS / (runs * metrics.length))),
  );
  const reached = new Float64Array(metrics.length).fill(1);
  for (let round = 0; round < rounds; round++) {
    const dealt = deal.next();
    let most = 0;
    for (let place = order.length - 1; place >= 0; place--) {
      const at = order[place] as number;
      most = Math.max(most, (tables[at] as Statistic)(dealt));
      // Sums in another order differ in their last digits.
      if (most >= (observed[at] as number) - 1e-9) reached[at] = (reached[at] as number) + 1;
    }
  }
  let highest = 0;
  for (const at of order) {
    highest = Math.max(highest, (reached[at] as number) / (rounds + 1));
    chances[at] = (observed[at] as number) > 0 ? highest : 1;
  }
  return chances;
}

/** |t| of a metric for one way to deal: 1 where a run is of the baseline, or where a pair is as it was. */
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
      for (let at = runs - 1; at > 0; at--) {
        const other = Math.floor(random() * (at + 1));
        const kept = dealt[at] as number;
        dealt[at] = dealt[other] as number;
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
      for (let at = 0; at < pairs; at++) dealt[at] = random() < 0.5 ? 1 : 0;
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
  const at = Int32Array.from(places);
  const sum = values.reduce((total, value) => total + value, 0);
  const squares = values.reduce((total, value) => total + value * value, 0);
  const n = values.length;
  const scatter = squares - (sum * sum) / n;
  return (dealt) => {
    let own = 0;
    let count = 0;
    for (let index = 0; index < n; index++) {
      if (dealt[at[index] as number] !== 1) continue;
      own += values[index] as number;
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
  const at = Int32Array.from(places);
  const n = values.length;
  const squares = values.reduce((total, value) => total + value * value, 0);
  return (dealt) => {
    if (n < 2) return 0;
    let sum = 0;
    for (let index = 0; index < n; index++) {
      const value = values[index] as number;
      sum += dealt[at[index] as number] === 1 ? value : -value;
    }
    const mean = sum / n;
    const variance = Math.max(squares - n * mean * mean, 0) / (n - 1);
    return Math.abs(mean) / (Math.sqrt(variance / n) + FUDGE);
  };
}

/**
 * Outliers pulled in (Huber's ψ), by how far from 0 values are and how much that scatters: so it
 * takes no notice of sides, and may be done before dealing, and still is narrow where two sides
 * differ.
 */
function clipped(values: readonly number[]): Float64Array {
  const distances = values.map(Math.abs);
  const middle = distances.length > 0 ? median(distances) : 0;
  const scatter = distances.length > 0 ? median(distances.map((one) => Math.abs(one - middle))) : 0;
  const most = scatter > 0 ? middle + OUTLYING * 1.4826 * scatter : Number.POSITIVE_INFINITY;
  return Float64Array.from(values, (value) => Math.min(Math.max(value, -most), most));
}
