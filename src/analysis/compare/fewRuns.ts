import type { Column } from './column.ts';
import { logErrorsOf, logsOf } from './logScale.ts';
import type { Logs } from './logScale.ts';
import type { Shift } from './shift.ts';
import { criticalT, twoSidedT } from './student.ts';

/** By how much runs of a page are taken to scatter at least where too few are there to show it, log scale. */
const LEAST_SCATTER = 0.2;
/** How many runs that assumption is worth, against what was seen. */
const ASSUMED_FREEDOM = 8;

/** A shift by the assumed and the seen scatter, and its chance had nothing changed. */
export interface FewRuns extends Shift {
  /** Not corrected for many metrics. */
  chance: number;
}

/**
 * By how much runs are taken to differ, as a standard deviation on the log scale. What takes long differs by little,
 * what is over at once by much: t ms by 1/∛t, a count of n by 1/√n, and nothing by less than 20 %. Measured: the
 * scatter of the timings of 400 recordings (docs/statistics.md) is 10 % at 200 ms, 25 % at 35 ms, 50 % at 7 ms, 100 %
 * at 0.5 ms.
 * @param amount how much there is of it: ms for times, also for a time a call
 */
export function assumedScatter({ fields: { unit } }: Column, amount: number): number {
  if (unit === 'ms' || unit === 'ns') return Math.max(LEAST_SCATTER, 1 / Math.cbrt(amount));
  if (unit === 'count') return Math.max(LEAST_SCATTER, 1 / Math.sqrt(amount));
  return LEAST_SCATTER;
}

/**
 * With four runs or fewer on a side no method without assumptions tells one metric among many. So the scatter from run
 * to run is assumed, as if known from eight runs, and corrected by what is seen (a moderated t: Smyth 2004); each
 * session's own variance as an estimate comes on top.
 * @param assumed standard deviation, log scale
 * @returns log scale; null where a side does not know the metric
 */
export function fewRunsShift(column: Column, assumed: number, confidence: number): FewRuns | null {
  const logs = logsOf(column);
  const errors = logErrorsOf(column);
  const base = sideOf(logs.base, errors.base);
  const head = sideOf(logs.head, errors.head);
  if (!base || !head) return null;
  const seen = base.n + head.n - 2;
  const freedom = ASSUMED_FREEDOM + seen;
  const scatter = (ASSUMED_FREEDOM * assumed ** 2 + base.squares + head.squares) / freedom;
  const error = Math.sqrt(
    scatter * (1 / base.n + 1 / head.n) + base.variance / base.n + head.variance / head.n,
  );
  const estimate = head.mean - base.mean;
  const half = criticalT(1 - confidence, freedom) * error;
  return {
    estimate,
    low: estimate - half,
    high: estimate + half,
    chance: twoSidedT(estimate / error, freedom),
  };
}

interface Side {
  n: number;
  mean: number;
  /** Sum of squared distances from the mean. */
  squares: number;
  /** Mean variance of the estimates, log scale. */
  variance: number;
}

function sideOf(logs: Logs['base'], errors: Logs['base']): Side | null {
  const known = logs.filter((log) => log !== null);
  const n = known.length;
  if (n === 0) return null;
  const mean = known.reduce((sum, log) => sum + log, 0) / n;
  return {
    n,
    mean,
    squares: known.reduce((sum, log) => sum + (log - mean) ** 2, 0),
    variance: errors.reduce<number>((sum, error) => sum + (error ?? 0) ** 2, 0) / n,
  };
}

/** Holm's step-down correction (1979): the chance that any of the metrics would look so changed. */
export function holm(chances: readonly number[]): number[] {
  const order = chances.map((_, at) => at)
    .sort((a, b) => (chances[a] as number) - (chances[b] as number));
  const corrected = chances.map(() => 1);
  let highest = 0;
  order.forEach((at, place) => {
    highest = Math.max(highest, Math.min((chances[at] as number) * (chances.length - place), 1));
    corrected[at] = highest;
  });
  return corrected;
}
