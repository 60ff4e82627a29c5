import { mean } from '../statistics/mean.ts';
import { present } from '../statistics/present.ts';
import type { Shift } from '../statistics/shift.ts';
import { criticalT, twoSidedT } from '../statistics/student.ts';
import { meanOf } from './amounts.ts';
import type { Column } from './column.ts';
import { logErrorsOf, logsOf } from './logScale.ts';

/** Smallest run-to-run standard deviation that is assumed, log scale. */
const LEAST_SCATTER = 0.2;
/**
 * Standard deviation of the delay that other work on the machine adds to any time, however short,
 * ms.
 */
const STALL = 50;
/** Degrees of freedom of the assumed scatter: its weight against the observed one. */
const ASSUMED_FREEDOM = 8;

/** A shift based on assumed and observed scatter. */
export interface FewRuns extends Shift {
  /** P-value, not corrected for the number of metrics. */
  chance: number;
}

/**
 * With four runs or fewer per side, no method without assumptions can detect one changed metric
 * among many. So the run-to-run scatter is assumed, with the weight of eight runs, and corrected by
 * the observed scatter (a moderated t: Smyth 2004). The variance of each session's own estimate is
 * added. A stall is added to all times before taking logarithms, so that long times are compared by
 * their ratio, and times much shorter than a stall by their difference.
 * @param timing the measured time, ms: for a time per call, the function's self time; null if the
 *   metric is not a time
 * @returns log scale; null if a side has no value
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
  // The logarithm of the ratio without the stall, around the middle of both sides.
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

/** Half the coarse clock's resolution, as a share of a stall. Shorter times cannot be measured. */
const LEAST_SHARE = 0.001;

const plus = (value: number | null, more: number): number | null =>
  value === null ? null : value + more;

/**
 * The assumed run-to-run standard deviation of one side, log scale. Short times vary more than long
 * ones: a time of t ms by 1/∛t, a count of n by 1/√n, and everything by at least 20 %. In 400
 * recordings (docs/statistics.md), timings varied by 10 % at 200 ms, 25 % at 35 ms, 50 % at 7 ms,
 * and 100 % at 0.5 ms. That was on a quiet machine; on a busy one a stall may lengthen any time.
 * @param stall the stall that is added to the values, in their unit
 */
function assumedScatter(
  { fields: { unit } }: Column,
  values: Column['baseline'],
  stall: number,
): number {
  const known = present(values);
  const value = known.length === 0 ? 0 : mean(known);
  // A layout shift happens or does not.
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
