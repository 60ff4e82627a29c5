/** A value and its standard error; 0 where it is exact. */
export interface Estimate {
  value: number;
  /**
   * So that value ± 1.96 errors holds the truth in 95 of 100 cases; wider than the plain one where
   * little was sampled.
   */
  error: number;
}

/**
 * What is known of the calls of one node over some stretch: sums of the columns of CrossingColumns.
 */
export interface CallSums {
  calls: number;
  certain: number;
  certainTime: number;
  timed: number;
  weight: number;
  weight2: number;
  time: number;
  time2: number;
  square: number;
}

/** What of a realm's clock an estimate needs, ms. */
export interface ClockFigures {
  /** Its resolution T. */
  tick: number;
  /** What reading it adds to each duration, and the standard error of that. */
  cost: number;
  costError: number;
  /** At most so much, ms, a call may differ for being timed, beyond that cost. */
  disturbed: number;
}

/**
 * What else timing does to a call, as a share of its time, one standard error: its code and data, and the processor's
 * foresight, are not as they would have been. `npm run bench -- truth`: off by up to 2 % where calls nest.
 */
const DISTURBANCE = 0.015;
/**
 * A small sample counts as if it had seen this many more calls that scatter as much as they last.
 */
const UNSEEN = 10;
/**
 * Ticks that may have gone unseen: none in n tries rules out no more than 3 in n (the "rule of
 * three").
 */
const UNSEEN_TICKS = 3;

/**
 * Estimates the total time of calls, in ms, with its variance in ms².
 *
 * Two strata (Cochran, Sampling Techniques, 3rd ed., chapters 2, 5 and 6; Särndal, Swensson, Wretman,
 * Model Assisted Survey Sampling, 5.6). Calls timed for certain count as they are. Of the other
 * N = calls − certain, n were timed, each drawn with a probability 1/w that changes while the session
 * goes on. N times their weighted mean R = Σwd/Σw stands for all of them:
 *
 *     value = certainTime + N · R
 *     variance = Q(certain) + (N/Σw)² · max(Σw²(d − R)² · (1 − n/N) + n/N · Q(timed), Q(timed))
 *
 * where 1 − n/N is the correction for a finite population, and Q the variance that the clock adds to
 * a sum of durations by ticking every T (PLATFORM.md, 2). A duration d is read as a multiple of T
 * next to it, without bias and with a variance of at most T·d and at most T²/4; the scatter of the d
 * has that in it, as they were read from the same clock. From all durations the clock's own cost is
 * taken off; its error is common to all calls, and added. So is what timing may do to a call
 * otherwise: no number of samples makes that smaller.
 *
 * Few samples know neither their own scatter nor the rare long call. So the scatter is increased by
 * 10/(n − 1) of itself or of the mean's square, whichever is more, and Q by what three ticks more
 * would give; n is the effective number of samples, (Σw)²/Σw² (Kish, Survey Sampling, 1965). That
 * keeps the 95 % interval at 93 % or better for durations as scattered as those of an exponential
 * distribution, where the textbook's falls to 70 %, and costs nothing where n is large
 * (test/unit/analysis/estimate.test.ts). A rare call that is ten times longer than the rest, and
 * that few samples did not meet, cannot be known from them.
 *
 * In a stretch in which no call was timed at random the session's samples stand for it, with the
 * scatter of the stretch's own N calls added; calls of which the session has no sample are taken to
 * last as long as the certain ones, with an error at least as large as that.
 * @param sums the stretch's own sums
 * @param session sums over the whole session, for a stretch in which no call was timed
 */
export function totalTime(
  sums: CallSums,
  session: CallSums,
  clock: ClockFigures,
): { value: number; variance: number } {
  const { value, variance } = sampledTime(sums, session, clock);
  const disturbance = Math.min(DISTURBANCE * value, clock.disturbed * sums.calls);
  return { value, variance: variance + disturbance ** 2 };
}

function sampledTime(
  sums: CallSums,
  session: CallSums,
  clock: ClockFigures,
): { value: number; variance: number } {
  const { tick, cost, costError } = clock;
  const rest = sums.calls - sums.certain;
  const certainTime = Math.max(sums.certainTime - sums.certain * cost, 0);
  const common = (costError * sums.calls) ** 2;
  const certainVariance =
    clockVariance(sums.certain, sums.certain, sums.certainTime, tick) + common;
  if (rest <= 0) return { value: certainTime, variance: certainVariance };
  const own = sums.timed > 0;
  const { timed, time, time2, square, ...weights } = own ? sums : session;
  if (timed === 0) {
    const { value, variance } = fromCertain(rest, session, clock);
    return { value: certainTime + value, variance: certainVariance + variance };
  }
  // No call stands for less than itself, whatever a file says.
  const weight = Math.max(weights.weight, timed);
  const weight2 = Math.max(weights.weight2, weight);
  // Clock cost taken off short calls can leave less than nothing.
  const ratio = time / weight;
  const mean = Math.max(ratio - cost, 0);
  const effective = Math.max((weight * weight) / weight2, 1);
  const scatter = Math.max(square - 2 * ratio * time2 + ratio * ratio * weight2, 0);
  const spread = effective > 1 ? (scatter * effective) / (effective - 1) : 0;
  const cautious = spread + Math.max(spread, mean * mean * weight2) * caution(effective);
  const fraction = own ? Math.min(timed / rest, 1) : 0;
  const ticks = clockVariance(timed, weight2, time2, tick);
  const sumVariance = Math.max(cautious * (1 - fraction) + fraction * ticks, ticks);
  const ownScatter = own ? 0 : (rest * cautious) / weight2;
  return {
    value: certainTime + rest * mean,
    variance: certainVariance + (rest / weight) ** 2 * sumVariance + ownScatter,
  };
}

/**
 * How much of a sample's scatter is added for what n calls cannot show. Of one call's, 50 times.
 */
const caution = (n: number): number => UNSEEN / Math.max(n - 1, 0.2);

/**
 * Q: what a clock that ticks every `tick` ms adds to the variance of Σwd over n durations, ms².
 * @param squares Σw² @param sum Σw²d
 */
function clockVariance(n: number, squares: number, sum: number, tick: number): number {
  if (n === 0) return 0;
  const each = squares / n;
  return Math.min(
    tick * (Math.max(sum, 0) + UNSEEN_TICKS * tick * each),
    ((n + 1) * each * tick * tick) / 4,
  );
}

/** Calls that were never timed at random, by those that were timed for certain. */
function fromCertain(
  rest: number,
  session: CallSums,
  { tick, cost }: ClockFigures,
): { value: number; variance: number } {
  const { certain: n, certainTime } = session;
  if (n === 0) return { value: 0, variance: (rest * tick) ** 2 };
  const sum = Math.max(certainTime - n * cost, 0);
  const mean = sum / n;
  // They were a node's first calls or its long ones: however many there are, the mean may be off by
  // itself.
  const ofMean = mean * mean * (1 + (1 + caution(n)) / n) + clockVariance(n, n, sum, tick) / n ** 2;
  return { value: rest * mean, variance: rest * rest * ofMean + rest * mean * mean };
}

/** Half the width of the 95 % interval. */
export const halfWidth = ({ error }: Estimate): number => 1.96 * error;
