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
  time: number;
  square: number;
}

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
 * Two strata (Cochran, Sampling Techniques, 3rd ed., chapters 2 and 5). Calls timed for certain
 * count as they are. Of the other N = calls − certain, n were timed, each with the same
 * probability; N times their mean stands for all of them:
 *
 *     value = certainTime + N · time / n
 *     variance = Q(certain) + (N/n)² · max(n · s² · (1 − n/N) + n/N · Q(timed), Q(timed))
 *
 * where s² is the sample's variance, 1 − n/N the correction for a finite population, and Q the
 * variance that the clock adds to a sum of n durations by ticking every T (PLATFORM.md, 2). A
 * duration d is read as a multiple of T next to it, without bias and with a variance of at most T·d
 * and at most T²/4; s² has that in it, as the durations it is taken from were read from the same
 * clock.
 *
 * Few samples know neither their own scatter nor the rare long call. So s² is increased by 10/(n −
 * 1) of itself or of the mean's square, whichever is more, and Q by what three ticks more would
 * give. That keeps the 95 % interval at 93 % or better for durations as scattered as those of an
 * exponential distribution, where the textbook's falls to 70 %, and costs nothing where n is large
 * (test/unit/analysis/estimate.test.ts). A rare call that is ten times longer than the rest, and
 * that few samples did not meet, cannot be known from them.
 *
 * In a stretch in which no call was timed at random the session's samples stand for it, with the
 * scatter of the stretch's own N calls added; calls of which the session has no sample are taken to
 * last as long as the certain ones, with an error at least as large as that.
 * @param sums the stretch's own sums
 * @param session sums over the whole session, for a stretch in which no call was timed
 * @param tick the clock's resolution T, ms
 */
export function totalTime(
  sums: CallSums,
  session: CallSums,
  tick: number,
): { value: number; variance: number } {
  const rest = sums.calls - sums.certain;
  const certainTime = Math.max(sums.certainTime, 0);
  const certainVariance = clockVariance(sums.certain, certainTime, tick);
  if (rest <= 0) return { value: certainTime, variance: certainVariance };
  const own = sums.timed > 0;
  const { timed: n, time, square } = own ? sums : session;
  if (n === 0) {
    const { value, variance } = fromCertain(rest, session, tick);
    return { value: certainTime + value, variance: certainVariance + variance };
  }
  // Clock cost taken off short calls can leave less than nothing.
  const sampled = Math.max(time, 0);
  const mean = sampled / n;
  const spread = n > 1 ? Math.max(square - (time * time) / n, 0) / (n - 1) : 0;
  const cautious = spread + Math.max(spread, mean * mean) * caution(n);
  const fraction = own ? Math.min(n / rest, 1) : 0;
  const clock = clockVariance(n, sampled, tick);
  const sumVariance = Math.max(n * cautious * (1 - fraction) + fraction * clock, clock);
  const ownScatter = own ? 0 : rest * cautious;
  return {
    value: certainTime + rest * mean,
    variance: certainVariance + (rest / n) ** 2 * sumVariance + ownScatter,
  };
}

/**
 * How much of a sample's scatter is added for what n calls cannot show. Of one call's, 50 times.
 */
const caution = (n: number): number => UNSEEN / Math.max(n - 1, 0.2);

/** Q: what a clock that ticks every `tick` ms adds to the variance of a sum of n durations, ms². */
function clockVariance(n: number, sum: number, tick: number): number {
  return n > 0 ? Math.min(tick * (sum + UNSEEN_TICKS * tick), ((n + 1) * tick * tick) / 4) : 0;
}

/** Calls that were never timed at random, by those that were timed for certain. */
function fromCertain(
  rest: number,
  session: CallSums,
  tick: number,
): { value: number; variance: number } {
  const { certain: n, certainTime } = session;
  if (n === 0) return { value: 0, variance: (rest * tick) ** 2 };
  const sum = Math.max(certainTime, 0);
  const mean = sum / n;
  // They were a node's first calls or its long ones: however many there are, the mean may be off by
  // itself.
  const ofMean = mean * mean * (1 + (1 + caution(n)) / n) + clockVariance(n, sum, tick) / n ** 2;
  return { value: rest * mean, variance: rest * rest * ofMean + rest * mean * mean };
}

/** Half the width of the 95 % interval. */
export const halfWidth = ({ error }: Estimate): number => 1.96 * error;
