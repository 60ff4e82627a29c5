import type { TierRow } from '../../src/protocol/rows.ts';
import { now } from './clock.ts';

/** 150,000 calls: 0.2 ms in optimised wasm, 2 ms in the baseline tier that open DevTools keep it in (PLATFORM.md, 1). */
const N = 24;
/** How often it is asked, ms. */
const PERIOD = 10_000;

const fib = (n: number): number => (n < 2 ? n : fib(n - 1) + fib(n - 2));

/** Times the same recursion in wasm and in JavaScript, at most every ten seconds; null in between. */
export function createTierProbe(): (wasm: (n: number) => number, end: boolean) => TierRow | null {
  let last = -Infinity;
  const timeOf = (run: (n: number) => number): number => {
    const before = now();
    run(N);
    return now() - before;
  };
  return (wasm, end) => {
    const at = now();
    if (at - last < PERIOD && !(end && at - last > PERIOD / 10)) return null;
    // The first time the engine has yet to make its faster code of both.
    if (last === -Infinity) for (const run of [fib, wasm]) for (let round = 0; round < 4; round++) run(N - 4);
    last = at;
    return { at, wasm: timeOf(wasm), js: timeOf(fib) };
  };
}
