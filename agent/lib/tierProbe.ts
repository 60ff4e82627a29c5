import type { TierRow } from '../../src/protocol/rows.ts';
import { now } from './clock.ts';

/** 390,000 calls: 0.5 ms in optimised wasm, 5 ms in the baseline tier that open DevTools keep it in (PLATFORM.md, 1). */
const N = 26;
/** How often it is asked, ms. */
const PERIOD = 10_000;

/** So often it is taken for baseline before that is told: the engine makes its faster code on a thread of its own, in its own time. */
const PATIENCE = 3;

const fib = (n: number): number => (n < 2 ? n : fib(n - 1) + fib(n - 2));

/** Times the same recursion in wasm and in JavaScript, at most every ten seconds; null in between. */
export function createTierProbe(): (wasm: (n: number) => number, end: boolean) => TierRow | null {
  let tries = 0;
  let next = 0;

  const lengthOf = (run: (n: number) => number): number => {
    const before = now();
    run(N);
    return now() - before;
  };
  /** Of four: the others may have been interrupted. */
  const shortest = (run: (n: number) => number): number => Math.min(lengthOf(run), lengthOf(run), lengthOf(run), lengthOf(run));

  return (wasm, end) => {
    const at = now();
    if (at < next) return null;
    do {
      const answer = { at, wasm: shortest(wasm), js: shortest(fib) };
      if (tries++ < (answer.wasm < answer.js ? 1 : PATIENCE)) continue;
      next = at + PERIOD;
      return answer;
    } while (end);
    return null;
  };
}
