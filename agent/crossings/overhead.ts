import type { CalibrationRow } from '../../src/protocol/rows.ts';
import type { Head } from '../../src/wasm/head.ts';
import { exportsOf } from '../page/natives.ts';
import { clockResolution, now } from '../recording/clock.ts';
import type { Kernel } from './kernel.ts';

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
const { Instance, Module } = WebAssembly;
const setEntry = WebAssembly.Table.prototype.set;
const { apply } = Reflect;
/** A module with the type of a function that takes and gives nothing. */
const EMPTY = new Uint8Array([0, 0x61, 0x73, 0x6d, 1, 0, 0, 0, 1, 4, 1, 0x60, 0, 0]);

/** Measures in rounds, the sooner the rougher. */
export interface OverheadCalibration {
  /** Rounds after which no more is to be known. */
  left(): number;
  /** One round; takes some 3 ms. @param node a node outside the tree */
  round(core: MeasuredCore, node: number): CalibrationRow;
}

/** The mean of the rounds that nothing interrupted. */
interface Mean {
  sum: number;
  rounds: number;
}

/** @param slot of the trampoline that is measured, to be led to a node outside the tree @param w its imports */
export function createOverheadCalibration(
  slot: number,
  w: WebAssembly.ModuleImports,
  kernel: Kernel,
): OverheadCalibration {
  const means: Mean[] = [0, 0, 0, 0].map(() => ({ sum: 0, rounds: 0 }));
  let rounds = 0;
  let trampoline: unknown = null;

  function makeTrampoline(empty: () => void): unknown {
    const head = kernel.readHead(EMPTY, true) as Head;
    const module = new Module(kernel.loneTrampoline(head, 0));
    return exportsOf(new Instance(module, { w, f: { 0: empty, s: slot } }))[0];
  }

  /** ms that one of these rounds took on average so far. */
  function measure(which: number, run: () => void): number {
    const before = now();
    run();
    const time = now() - before;
    const mean = means[which] as Mean;
    const longer = mean.rounds && time - mean.sum / mean.rounds;
    const slack = 2 * clockResolution();
    // A round that took more than two ticks longer than the others was interrupted; one as much shorter: they were.
    if (longer < -slack) mean.sum = mean.rounds = 0;
    if (longer <= slack) {
      mean.sum += time;
      mean.rounds++;
    }
    return mean.sum / mean.rounds;
  }

  return {
    left: () => ROUNDS - rounds,
    round({ pairs, reads, repeat, empty, t }, node) {
      trampoline ??= makeTrampoline(empty);
      rounds++;
      const reading = measure(0, () => reads(node, CALLS));
      const pair = measure(1, () => pairs(node, CALLS));
      apply(setEntry, t, [0, empty]);
      const direct = measure(2, () => repeat(REPEATS));
      apply(setEntry, t, [0, trampoline]);
      const through = measure(3, () => repeat(REPEATS));
      return {
        clockCost: reading / CALLS,
        // A loop's beginning and end are each read to a tick: a triangular distribution around the truth.
        clockCostError: Math.hypot(
          clockResolution() / Math.sqrt(6 * (means[0] as Mean).rounds) / CALLS,
          LEAST_ERROR,
        ),
        timingCost: Math.max(pair, reading, LEAST_ERROR) / CALLS,
        countingCost: Math.max(through - direct, 0) / REPEATS,
      };
    },
  };
}
