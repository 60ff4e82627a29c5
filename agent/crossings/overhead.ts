import type { CalibrationRow } from '../../src/protocol/rows.ts';
import type { Head } from '../../src/wasm/head.ts';
import { exportsOf } from '../page/natives.ts';
import { clockResolution, now } from '../recording/clock.ts';
import type { Kernel } from './kernel.ts';

// Measures the overhead of the agent's timing and counting in this page, in loops long enough for
// its clock.

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
/** More rounds add no precision: these give 1.3 ns on a clock that ticks every 0.1 ms. */
const ROUNDS = 10;
/**
 * The minimum error, ms, because the loops run in a different context than timed calls in the page.
 */
const LEAST_ERROR = 2e-6;

// Saved before the agent patches them.
const { Instance, Module } = WebAssembly;
const setEntry = WebAssembly.Table.prototype.set;
const { apply } = Reflect;
/** A module with the type of a function without parameters and results. */
const EMPTY = new Uint8Array([0, 0x61, 0x73, 0x6d, 1, 0, 0, 0, 1, 4, 1, 0x60, 0, 0]);

/** Measures in rounds; the result gets more precise with each. */
export interface OverheadCalibration {
  /** Rounds left until more of them would add no precision. */
  left(): number;
  /** Runs one round, which takes about 3 ms. @param node a node outside the tree */
  round(core: MeasuredCore, node: number): CalibrationRow;
}

/** The mean of the uninterrupted rounds. */
interface Mean {
  sum: number;
  rounds: number;
}

/**
 * @param slot the slot of the measured trampoline, to be led to a node outside the tree
 * @param w the trampoline's imports
 */
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

  /** Returns the average duration of this kind of round so far, ms. */
  function measure(which: number, run: () => void): number {
    const before = now();
    run();
    const time = now() - before;
    const mean = means[which] as Mean;
    const longer = mean.rounds && time - mean.sum / mean.rounds;
    const slack = 2 * clockResolution();
    // A round that is more than two ticks longer than the mean was interrupted. If it is that much
    // shorter, the earlier rounds were interrupted.
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
        // Start and end of a loop are each rounded to a tick: the error has a triangular
        // distribution.
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
