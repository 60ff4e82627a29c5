import type { CostRow } from '../../src/protocol/rows.ts';
import { pooledTrampolines } from '../../src/wasm/trampolines.ts';
import { clockResolution, now } from './clock.ts';

// What the agent's own timing and counting cost in this page, in loops long enough for its clock.

/** The functions of the core module that are measured (src/wasm/core.ts). */
export interface MeasuredCore {
  pairs(node: number, n: number): void;
  reads(node: number, n: number): void;
  repeat(n: number): void;
  empty(): void;
  t: WebAssembly.Table;
}

const CALLS = 10_000;
const REPEATS = 50_000;
/** After so many all is known that the clock can tell: to 1.3 ns where it ticks every 0.1 ms. */
const ROUNDS = 10;
/** The loops run in other surroundings than timed calls in the page do; ms. */
const LEAST_ERROR = 2e-6;

// Held before the agent patches them.
const { Instance, Module, Table } = WebAssembly;
const { get: getEntry, set: setEntry } = Table.prototype;
const exportsGetter = Object.getOwnPropertyDescriptor(Instance.prototype, 'exports')?.get as () => WebAssembly.Exports;
const { apply } = Reflect;
const NOTHING = new Uint8Array(0);

/** Measures in rounds, the sooner the rougher. */
export interface OwnCosts {
  readonly done: boolean;
  /** One round; takes some 3 ms. @param node a node outside the tree */
  round(core: MeasuredCore, node: number): CostRow;
}

/** @param slot of the trampoline that is measured, to be led to a node outside the tree @param w its imports */
export function createOwnCosts(slot: number, w: WebAssembly.ModuleImports): OwnCosts {
  const sums = { reads: 0, pairs: 0, direct: 0, through: 0 };
  let rounds = -1;
  let trampoline: unknown = null;

  function makeTrampoline(empty: () => void): unknown {
    const t = new Table({ element: 'anyfunc', initial: 1 });
    apply(setEntry, t, [0, empty]);
    const type = { paramCount: 0, resultCount: 0, params: NOTHING, results: NOTHING };
    const instance = new Instance(new Module(pooledTrampolines([type], slot)), { w, f: { t } });
    return apply(getEntry, apply(exportsGetter, instance, []).p, [0]);
  }

  const timeOf = (run: () => void): number => {
    const before = now();
    run();
    return now() - before;
  };

  return {
    get done() {
      return rounds >= ROUNDS;
    },
    round({ pairs, reads, repeat, empty, t }, node) {
      trampoline ??= makeTrampoline(empty);
      const readsTime = timeOf(() => reads(node, CALLS));
      const pairsTime = timeOf(() => pairs(node, CALLS));
      apply(setEntry, t, [0, empty]);
      const direct = timeOf(() => repeat(REPEATS));
      apply(setEntry, t, [0, trampoline]);
      const through = timeOf(() => repeat(REPEATS));
      // The engine makes its faster code of the loops in the first round.
      if (++rounds > 0) {
        sums.reads += readsTime;
        sums.pairs += pairsTime;
        sums.direct += direct;
        sums.through += through;
      }
      const counted = Math.max(rounds, 1);
      const { reads: r, pairs: p, direct: d, through: h } = rounds > 0 ? sums : { reads: readsTime, pairs: pairsTime, direct, through };
      const calls = counted * CALLS;
      return {
        clock: r / calls,
        // A loop's beginning and end are each read to a tick: a triangular distribution around the truth.
        clockError: Math.hypot(clockResolution() / Math.sqrt(6) / CALLS / Math.sqrt(counted), LEAST_ERROR),
        pair: Math.max(p / calls, r / calls, 1e-5),
        count: Math.max(h - d, 0) / (counted * REPEATS),
      };
    },
  };
}
