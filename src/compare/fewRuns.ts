import { mean } from '../statistics/mean.ts';
import { present } from '../statistics/present.ts';
import type { Shift } from '../statistics/shift.ts';
import { criticalT, twoSidedT } from '../statistics/student.ts';
import { meanOf } from './amounts.ts';
import type { Column } from './column.ts';
import { logErrorsOf, logsOf } from './logScale.ts';

/**
 * By how much runs of a page are taken to scatter at least where too few are there to show it, log
 * scale.
 */
const LEAST_SCATTER = 0.2;
/**
 * What else on the machine may hold a run up for, ms, as a standard deviation: it adds to a time,
 * however short that is.
 */
const STALL = 50;
/** How many runs these assumptions are worth, against what was seen. */
const ASSUMED_FREEDOM = 8;

/** A shift by the assumed and the seen scatter, and its chance had nothing changed. */
export interface FewRuns extends Shift {
  /** Not corrected for many metrics. */
  chance: number;
}

/**
 * With four runs or fewer on a side no method without assumptions tells one metric among many. So
 * the scatter from run to run is assumed, as if known from eight runs, and corrected by what is
 * seen (a moderated t: Smyth 2004); each session's own variance as an estimate comes on top. Times
 * are taken with the length of a stall added, on the logarithmic scale: what takes long is compared
 * by its ratio, what is short beside a stall by its difference.
 * @param timing what was measured, ms: of a time a call, the function's self time; null where it is
 *   no time
 * @returns log scale; null where a side does not know the metric
 */
export function fewRunsShift(
  column: Column,
  timing: Column | null,
  confidence: number,
): FewRuns | null {
  const measured = timing ? meanOf(timing) : 0;
  // In the metric's unit.
  const stall = measured > 0 ? (STALL * meanOf(column)) / measured : 0;
  const started = {
    ...column,
    baseline: column.baseline.map((value) => plus(value, stall)),
    candidate: column.candidate.map((value) => plus(value, stall)),
  };
  const logs = logsOf(started);
  const errors = logErrorsOf(started);
  const sides = [
    sideOf(
      present(logs.baseline),
      present(errors.baseline),
      assumedScatter(column, column.baseline, stall),
    ),
    sideOf(
      present(logs.candidate),
      present(errors.candidate),
      assumedScatter(column, column.candidate, stall),
    ),
  ] as const;
  const [baseline, candidate] = sides;
  if (baseline.n === 0 || candidate.n === 0) return null;
  const freedom = ASSUMED_FREEDOM + baseline.n + candidate.n - 2;
  const error = Math.sqrt(
    sides.reduce(
      (sum, { n, assumed, variance }) =>
        sum +
        ((ASSUMED_FREEDOM * assumed ** 2 + baseline.squares + candidate.squares) / freedom +
          variance) /
          n,
      0,
    ),
  );
  const estimate = candidate.mean - baseline.mean;
  const half = criticalT(1 - confidence, freedom) * error;
  const middle = (baseline.mean + candidate.mean) / 2;
  // Around the middle of both sides, without the stall: the logarithm of the plain ratio.
  const plain = (shift: number): number => {
    const value = (log: number): number => Math.max(Math.exp(log) - stall, stall * LEAST_SHARE);
    return stall === 0 ? shift : Math.log(value(middle + shift / 2) / value(middle - shift / 2));
  };
  return {
    estimate: plain(estimate),
    low: plain(estimate - half),
    high: plain(estimate + half),
    chance: twoSidedT(estimate / error, freedom),
  };
}

/** Of a stall: half a tick of the coarse clock, less than which is not known to be anything. */
const LEAST_SHARE = 0.001;

const plus = (value: number | null, more: number): number | null =>
  value === null ? null : value + more;

/**
 * By how much runs of one side are taken to differ, as a standard deviation on the log scale. What
 * takes long differs by little, what is over at once by much: t ms by 1/∛t, a count of n by 1/√n,
 * and nothing by less than 20 %. Measured: the scatter of the timings of 400 recordings
 * (docs/statistics.md) is 10 % at 200 ms, 25 % at 35 ms, 50 % at 7 ms, 100 % at 0.5 ms. That was a
 * quiet machine: on a busy one any time may be longer by a stall.
 * @param stall that is added to the values, in their unit
 */
function assumedScatter(
  { fields: { unit } }: Column,
  values: Column['baseline'],
  stall: number,
): number {
  const known = present(values);
  const value = known.length === 0 ? 0 : mean(known);
  // Layout shifts are there or not.
  if (unit === 'score') return 1;
  if (stall === 0)
    return unit === 'count'
      ? Math.max(LEAST_SCATTER, 1 / Math.sqrt(Math.max(value, 1)))
      : LEAST_SCATTER;
  const ms = (value / stall) * STALL;
  return (
    Math.hypot(ms * Math.max(LEAST_SCATTER, 1 / Math.cbrt(Math.max(ms, 1e-3))), STALL) /
    (ms + STALL)
  );
}

interface Side {
  n: number;
  mean: number;
  /** Sum of squared distances from the mean. */
  squares: number;
  /** Mean variance of the estimates, log scale. */
  variance: number;
  assumed: number;
}

function sideOf(logs: readonly number[], errors: readonly number[], assumed: number): Side {
  const middle = mean(logs);
  return {
    n: logs.length,
    mean: middle,
    squares: logs.reduce((sum, log) => sum + (log - middle) ** 2, 0),
    variance: mean(errors.map((error) => error ** 2)),
    assumed,
  };
}
