import type { CALL_SUMS } from '../session/model.ts';

/** Sums over the calls of one node in a stretch of time, as CrossingColumns defines them. */
export type CallSums = Record<(typeof CALL_SUMS)[number], number>;

/** A time in ms with its variance in ms². */
interface TimeEstimate {
  value: number;
  variance: number;
}

/** What an estimate needs to know about a realm's clock, ms. */
export interface ClockFigures {
  /** Its resolution T. */
  tick: number;
  /** What reading it adds to each duration. */
  cost: number;
  /** The standard error of that cost. */
  costError: number;
  /** By how much timing a call may change its duration at most, beyond the clock's own cost. */
  disturbed: number;
}

/**
 * What else timing does to a call, one standard error, as a share of its time: its code and data
 * leave the caches, and branches are predicted differently. `npm run bench -- truth` finds up to
 * 2 % where calls nest.
 */
const DISTURBANCE = 0.015;
/** A small sample counts as if it missed this many more calls that vary by as much as they last. */
const UNSEEN = 10;
/** No tick in n tries rules out no more than 3 in n (the "rule of three"). */
const UNSEEN_TICKS = 3;

/**
 * Estimates the total time of calls.
 *
 * There are two strata (Cochran, Sampling Techniques, 3rd ed., chapters 2, 5 and 6; Särndal,
 * Swensson, Wretman, Model Assisted Survey Sampling, 5.6). Calls that were timed for certain count
 * as they are. Of the other N = calls − certain, n were timed, each drawn with a probability 1/w
 * that changes during the session. N times their weighted mean R = Σwd/Σw estimates all of them:
 *
 *     value = certainTime + N · R
 *     variance = Q(certain) + (N/Σw)² · max(Σw²(d − R)² · (1 − n/N) + n/N · Q(timed), Q(timed))
 *
 * where 1 − n/N is the finite population correction, and Q is the variance that a clock with
 * resolution T adds to a sum of durations (docs/platform.md, "Cost of a crossing"). A duration d is
 * rounded to one of the two neighbouring multiples of T, without bias and with a variance of at
 * most T·d and at most T²/4. The variance among the d includes it already, as they were read from
 * the same clock. The clock's own cost is subtracted from every duration; its error is common to
 * all calls, and is added. So is what timing may otherwise do to a call: no number of samples makes
 * that smaller.
 *
 * A small sample underestimates its own variance, and misses the rare long call. So the variance is
 * increased by 10/(n − 1) of itself or of the mean's square, whichever is larger, and Q by the
 * effect of three more ticks; n is the effective sample size (Σw)²/Σw² (Kish, Survey Sampling,
 * 1965). That keeps the coverage of the 95 % interval at 93 % or more for durations that vary as
 * much as those of an exponential distribution, where the textbook's interval falls to 70 %. It
 * costs nothing where n is large (test/unit/analysis/totalTime.test.ts). A rare call that is ten
 * times longer than the others, and that a few samples missed, cannot be inferred from them.
 *
 * If no call of the stretch was timed at random, the samples of the whole session stand for it, and
 * the variance of the stretch's own N calls is added. If the session has no samples either, the
 * calls are assumed to last as long as those timed for certain, with an error at least as large.
 * @param sums the stretch's own sums
 * @param session sums over the whole session
 */
export function totalTime(sums: CallSums, session: CallSums, clock: ClockFigures): TimeEstimate {
  const { value, variance } = sampledTime(sums, session, clock);
  const disturbance = Math.min(DISTURBANCE * value, clock.disturbed * sums.calls);
  return { value, variance: variance + disturbance ** 2 };
}

function sampledTime(sums: CallSums, session: CallSums, clock: ClockFigures): TimeEstimate {
  const { tick, cost, costError } = clock;
  const rest = sums.calls - sums.certainCalls;
  const certainTime = Math.max(sums.certainTime - sums.certainCalls * cost, 0);
  const commonVariance = (costError * sums.calls) ** 2;
  const certainVariance =
    clockVariance(sums.certainCalls, sums.certainCalls, sums.certainTime, tick) + commonVariance;
  if (rest <= 0) return { value: certainTime, variance: certainVariance };
  const restTime =
    sums.sampledCalls > 0 || session.sampledCalls > 0
      ? timeFromSamples(rest, sums.sampledCalls > 0 ? sums : session, sums.sampledCalls > 0, clock)
      : timeFromCertain(rest, session, clock);
  return {
    value: certainTime + restTime.value,
    variance: certainVariance + restTime.variance,
  };
}

/**
 * The time of the calls that were not timed for certain, from those that were timed at random.
 * @param rest the number of those calls
 * @param own whether the samples are from among them, not from elsewhere in the session
 */
function timeFromSamples(
  rest: number,
  samples: CallSums,
  own: boolean,
  { tick, cost }: ClockFigures,
): TimeEstimate {
  const { sampledCalls, weightedTime, weightSquaredTime, weightedTimeSquared } = samples;
  // Each sample stands for at least itself, whatever a file says.
  const weight = Math.max(samples.weight, sampledCalls);
  const weightSquared = Math.max(samples.weightSquared, weight);
  // Subtracting the clock's cost from short calls can leave less than nothing.
  const ratio = weightedTime / weight;
  const mean = Math.max(ratio - cost, 0);
  const effective = Math.max((weight * weight) / weightSquared, 1);
  const scatter = Math.max(
    weightedTimeSquared - 2 * ratio * weightSquaredTime + ratio * ratio * weightSquared,
    0,
  );
  const spread = effective > 1 ? (scatter * effective) / (effective - 1) : 0;
  const cautious = spread + Math.max(spread, mean * mean * weightSquared) * caution(effective);
  const fraction = own ? Math.min(sampledCalls / rest, 1) : 0;
  const ticks = clockVariance(sampledCalls, weightSquared, weightSquaredTime, tick);
  const sumVariance = Math.max(cautious * (1 - fraction) + fraction * ticks, ticks);
  const ownScatter = own ? 0 : (rest * cautious) / weightSquared;
  return {
    value: rest * mean,
    variance: (rest / weight) ** 2 * sumVariance + ownScatter,
  };
}

/** The share of a sample's variance that is added for what n calls cannot show; 50 for one call. */
const caution = (n: number): number => UNSEEN / Math.max(n - 1, 0.2);

/**
 * Q: what a clock with a resolution of `tick` ms adds to the variance of Σwd over n durations, ms².
 * @param squares Σw²
 * @param sum Σw²d
 */
function clockVariance(n: number, squares: number, sum: number, tick: number): number {
  if (n === 0) return 0;
  const each = squares / n;
  return Math.min(
    tick * (Math.max(sum, 0) + UNSEEN_TICKS * tick * each),
    ((n + 1) * each * tick * tick) / 4,
  );
}

/** The time of calls that were never timed at random, from those that were timed for certain. */
function timeFromCertain(
  rest: number,
  { certainCalls: n, certainTime }: CallSums,
  { tick, cost }: ClockFigures,
): TimeEstimate {
  if (n === 0) return { value: 0, variance: (rest * tick) ** 2 };
  const sum = Math.max(certainTime - n * cost, 0);
  const mean = sum / n;
  // These were a node's first calls or its long ones: however many there are, their mean may be
  // off by as much as itself.
  const meanVariance =
    mean * mean * (1 + (1 + caution(n)) / n) + clockVariance(n, n, sum, tick) / n ** 2;
  return { value: rest * mean, variance: rest * rest * meanVariance + rest * mean * mean };
}
