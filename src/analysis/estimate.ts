/** A value and its standard error; 0 where it is exact. */
export interface Estimate {
  value: number;
  error: number;
}

/** What is known of the calls of one node over some stretch: sums of the columns of CrossingColumns. */
export interface CallSums {
  calls: number;
  certain: number;
  certainTime: number;
  timed: number;
  time: number;
  square: number;
}

/**
 * Estimates the total time of calls, in ms, with its variance in ms².
 *
 * Two strata (Cochran, Sampling Techniques, chapter 5): calls timed for certain count as they are; of the
 * other N, a Bernoulli sample of n was timed, and N times its mean stands for them, with the variance
 * N²·s²/n·(1 − n/N). A clock that ticks every `tick` ms reads a duration with a variance of at most
 * tick²/4 and at most tick times the duration (PLATFORM.md, 2); s² has that in it already but for few
 * samples, of which it is taken as the least. One tick more than was seen keeps samples that all read 0
 * from looking exact.
 * @param sums the stretch's own sums
 * @param session sums over the whole session, for a stretch in which no call was timed
 */
export function totalTime(sums: CallSums, session: CallSums, tick: number): { value: number; variance: number } {
  const rest = sums.calls - sums.certain;
  const certainVariance = Math.min(tick * Math.max(sums.certainTime, 0), (sums.certain * tick * tick) / 4);
  if (rest <= 0) return { value: Math.max(sums.certainTime, 0), variance: certainVariance };
  const own = sums.timed > 0;
  const { timed: n, time, square } = own ? sums : session;
  if (n === 0) {
    // Never timed at random: the certain calls' mean, with an error as large as itself.
    const mean = session.certain > 0 ? Math.max(session.certainTime, 0) / session.certain : 0;
    const guess = rest * mean;
    return { value: Math.max(sums.certainTime, 0) + guess, variance: certainVariance + guess * guess + tick * tick };
  }
  const mean = Math.max(time, 0) / n;
  const spread = n > 1 ? Math.max(square - (time * time) / n, 0) / (n - 1) : mean * mean;
  const unsampled = own ? Math.max(1 - n / rest, 0) : 1;
  const sumVariance = Math.max(n * spread * unsampled, Math.min(tick * Math.max(time, 0), (n * tick * tick) / 4)) + (unsampled > 0 ? tick * tick : 0);
  const scale = rest / n;
  return {
    value: Math.max(sums.certainTime, 0) + rest * mean,
    variance: certainVariance + scale * scale * sumVariance,
  };
}

/** Half the width of the 95 % interval. */
export const halfWidth = ({ error }: Estimate): number => 1.96 * error;
