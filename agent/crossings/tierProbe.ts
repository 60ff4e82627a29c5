import type { TierProbeRow } from '../../src/protocol/rows.ts';
import { BASELINE_FROM, OPTIMISED_BELOW } from '../../src/protocol/tiers.ts';
import { now } from '../recording/clock.ts';

/**
 * 390,000 calls: 0.5 ms in optimised wasm, 5 ms in the baseline tier, in which open DevTools keep
 * it (docs/platform.md, "WebAssembly tiers and DevTools").
 */
const N = 26;
/** How often the probe runs, ms. */
const PERIOD = 10_000;

/**
 * How often to rerun the probe before reporting: the engine compiles the faster code, both for wasm
 * and for JavaScript, on a separate thread and at a time of its choosing.
 */
const againFor = (ratio: number): number =>
  ratio < OPTIMISED_BELOW ? 1 : ratio < BASELINE_FROM ? 8 : 3;

const fib = (n: number): number => (n < 2 ? n : fib(n - 1) + fib(n - 2));

/**
 * Times the same recursion in wasm and in JavaScript, at most every ten seconds; otherwise returns
 * null.
 */
export function createTierProbe(): (
  wasm: (n: number) => number,
  end: boolean,
) => TierProbeRow | null {
  let tries = 0;
  let next = 0;

  const lengthOf = (run: (n: number) => number): number => {
    const before = now();
    run(N);
    return now() - before;
  };
  /** The shortest of four runs, because the others may have been interrupted. */
  const shortest = (run: (n: number) => number): number =>
    Math.min(lengthOf(run), lengthOf(run), lengthOf(run), lengthOf(run));

  return (wasm, end) => {
    const at = now();
    if (at < next) return null;
    do {
      const answer = { time: at, wasm: shortest(wasm), js: shortest(fib) };
      if (tries++ < againFor(answer.wasm / answer.js)) continue;
      next = at + PERIOD;
      return answer;
    } while (end);
    return null;
  };
}
