import { MAX_TREE_NODES } from '../../src/wasm/counterLayout.ts';

/** How many calls of a node pass, in the mean, between two that are timed. */
export interface Gaps {
  /** The mean gap for the node's next timed call, after one that took `duration` ms. 1: every call. */
  next(node: number, duration: number): number;
  /** A random gap with that mean: geometric, so that each call is timed with probability 1/mean whatever
   * the calls before it did. Fixed strides would alias with loops. */
  draw(mean: number): number;
}

/**
 * Timing a call costs about 0.16 µs; calls with a mean of 8 µs or more are all timed (2 %), shorter ones so
 * much less often that it stays at 2 % of their time.
 */
const WORTH_TIMING = 0.008;
const MAX_GAP = 512;
/** Memory of the mean, calls: long, as on a clock of 100 µs a call of 1 µs reads 0 99 times in 100. */
const MEMORY = 4096;
/** Certainly timed at first, so that rare functions are exact. */
const FIRST = 2;

export function createGaps(): Gaps {
  // The last entry serves whatever has no number of its own.
  const seen = new Uint16Array(MAX_TREE_NODES + 1);
  const mean = new Float64Array(MAX_TREE_NODES + 1);
  let state = (performance.now() * 1e3) | 1;

  return {
    next(node, duration) {
      const at = node >= 0 && node < MAX_TREE_NODES ? node : MAX_TREE_NODES;
      const n = Math.min((seen[at] as number) + 1, MEMORY);
      seen[at] = n;
      mean[at] = (mean[at] as number) + (duration - (mean[at] as number)) / n;
      if (n <= FIRST) return 1;
      const typical = mean[at] as number;
      if (typical >= WORTH_TIMING) return 1;
      // No wider than the calls seen so far: a few calls that read 0 do not say that all are short.
      const widest = Math.min(n, MAX_GAP);
      return typical * widest <= WORTH_TIMING ? widest : Math.max(2, Math.floor(WORTH_TIMING / typical));
    },
    draw(gap) {
      if (gap <= 1) return 1;
      // xorshift32 (Marsaglia 2003): the page's Math.random is neither used nor advanced.
      state ^= state << 13;
      state ^= state >>> 17;
      state ^= state << 5;
      const uniform = ((state >>> 0) + 1) / 4294967297;
      return 1 + Math.floor(Math.log(uniform) / Math.log1p(-1 / gap));
    },
  };
}
