import type { TierRow } from '../../src/protocol/rows.ts';
import { now } from './clock.ts';

/** 390,000 calls: 0.5 ms in optimised wasm, 5 ms in the baseline tier that open DevTools keep it in (PLATFORM.md, 1). */
const N = 26;
/** The shortest counts: others may have been interrupted. */
const ROUNDS = 4;
/** How often it is asked, ms. */
const PERIOD = 10_000;

const fib = (n: number): number => (n < 2 ? n : fib(n - 1) + fib(n - 2));

/** Times the same recursion in wasm and in JavaScript, at most every ten seconds; null in between. */
export function createTierProbe(): (wasm: (n: number) => number, end: boolean) => TierRow | null {
  let warm = false;
  let last = -Infinity;

  function shortest(run: (n: number) => number): number {
    let best = Infinity;
    for (let round = 0; round < ROUNDS; round++) {
      const before = now();
      run(N);
      best = Math.min(best, now() - before);
    }
    return best;
  }

  return (wasm, end) => {
    const at = now();
    if (at - last < PERIOD) return null;
    const answer = { at, wasm: shortest(wasm), js: shortest(fib) };
    // The first time the engine has yet to make its faster code of both, on a thread of its own.
    if (!warm && !end) {
      warm = true;
      return null;
    }
    last = at;
    return answer;
  };
}
