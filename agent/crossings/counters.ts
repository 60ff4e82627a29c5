import type {
  CalibrationRow,
  CrossingColumns,
  FunctionId,
  NodeId,
  TierProbeRow,
} from '../../src/protocol/rows.ts';
import {
  CALIBRATION,
  COUNTDOWN,
  CURRENT,
  EXPONENTIAL_CELLS,
  EXPONENTIALS,
  FIRST_WORTH,
  FUNCTION,
  INNER_COST,
  LAST_TIMED,
  MAX_MEMORIES,
  MAX_SLOTS,
  MAX_TREE_NODES,
  NEXT,
  NODE_BYTES,
  NODES,
  OVERFLOWED,
  PAGES,
  PAIR_COST,
  RANDOM,
  SEEN,
  SLOT_BYTES,
  SLOT_FUNCTION,
  SLOT_NODE,
  SLOT_PARENT,
  SLOTS,
  SPENT,
  TELL_FROM,
  TICK,
  TOLD_NODES,
  TREE_END,
  WORTH_TIMING,
} from '../../src/wasm/counterLayout.ts';
import { COUNTER_FLAGS, isShared, MAX_PAGES } from '../../src/wasm/counterMemory.ts';
import { bytesOfHex } from '../../src/wasm/hex.ts';
import { PAGE_BYTES } from '../../src/wasm/pageBytes.ts';
import { exportsOf } from '../page/natives.ts';
import { now } from '../recording/clock.ts';
import { nodeOf } from './counts.ts';
import type { Kernel } from './kernel.ts';
import { createKernel } from './kernel.ts';
import type { MeasuredCore, OverheadCalibration } from './overhead.ts';
import { createOverheadCalibration } from './overhead.ts';
import { createTierProbe } from './tierProbe.ts';

/**
 * The bytes of src/wasm/core.ts in hexadecimal, and the offset of its memory type's flags. The
 * build inserts both.
 */
declare const __WASMSCOPE_CORE__: string;
declare const __WASMSCOPE_CORE_FLAG__: number;

// The realm's counter memory, the clock for timed calls, and what a chunk reads from both.

/** The number of functions that fit below a full tree from the start. */
const FIRST_FUNCTIONS = 4096;
const TREE_LIMIT = NODES + NODE_BYTES * MAX_TREE_NODES;

// Saved before the agent patches them.
const { Instance, Memory, Module } = WebAssembly;
const [Ints, Floats] = [Int32Array, Float64Array];
const { apply } = Reflect;
const nativeGrow = WebAssembly.Memory.prototype.grow;
const growMemory = (memory: WebAssembly.Memory, pages: number): void => {
  apply(nativeGrow, memory, [pages]);
};

export interface Counters {
  /** The counter memory, which counts.ts reads. */
  memory(): WebAssembly.Memory;
  /** Whether the memory has been used; if not, nothing has been counted. */
  isUsed(): boolean;
  /** What trampoline modules import as `w`; created on first call. */
  imports(): WebAssembly.ModuleImports;
  /** The code that reads heads and writes trampolines; created on first call. */
  kernel(): Kernel;
  /**
   * Allocates a number of slots and returns the address of the first; null if there are not enough.
   */
  takeSlots(count: number): number | null;
  /** @param imported 1: wasm calls out through it; 0: script calls in */
  setSlot(slot: number, fn: FunctionId, imported: 0 | 1): void;
  /** The same for a number of functions with consecutive ids and slots. */
  setSlots(slot: number, fn: FunctionId, count: number, imported: 0 | 1): void;
  /** Makes room for this many functions in total. */
  reserve(functions: number): void;
  /** The current crossing; null outside any. */
  current(): NodeId | null;
  nodeOf(address: number): NodeId;
  /** The cell for a memory's size in pages. */
  pages(memory: number): number;
  setPages(memory: number, pages: number): void;
  /**
   * Resets the current node, which a trap leaves behind. To be called from a task of the agent's
   * own, where no crossing can be active. Returns whether a reset was necessary.
   */
  settle(): boolean;
  /**
   * Measures the overhead of timing and counting: about 3 ms per call, for the first ten calls.
   * Does nothing before `imports` was used, or within a crossing, because that would be charged for
   * it.
   */
  calibrate(): void;
  /** Whether the overhead has been measured. */
  isCalibrated(): boolean;
  /**
   * In a worker: removes the time spent handing over from the calls in progress, and requests a
   * callback at the first call after a pause. Both in ms.
   */
  goOn(took: number, pause: number): void;
  calibration(): CalibrationRow;
  /**
   * Returns the tier probe's result from time to time. @param end whether this is the realm's last
   * chance
   */
  tier(end: boolean): TierProbeRow | null;
  /** Milliseconds spent on clock reads and counting for these crossings. */
  costOf(crossings: CrossingColumns): number;
  /** Crossings since the last take whose path was lost because the tree was full. */
  takeOverflowed(): number;
}

/**
 * @param onFirstCall called at the first call of each node's function, with its time; with function
 *   -1 as requested by `goOn`
 * @param onGrowth called at a crossing for a memory whose size differs from its cell
 */
export function createCounters(
  onFirstCall: (fn: FunctionId, at: number) => void,
  onGrowth: (memory: number, node: NodeId | null) => void,
): Counters {
  // Created when the page first uses wasm. That takes about a millisecond, which other pages save.
  let memory: WebAssembly.Memory | null = null;
  let ints = new Int32Array(0);
  let floats = new Float64Array(0);

  function theMemory(): WebAssembly.Memory {
    if (memory) return memory;
    memory = new Memory({
      initial: Math.ceil((TREE_LIMIT + NODE_BYTES * FIRST_FUNCTIONS) / PAGE_BYTES),
      maximum: MAX_PAGES,
      shared: isShared,
    });
    look(memory);
    fill();
    return memory;
  }

  function look({ buffer }: WebAssembly.Memory): void {
    ints = new Ints(buffer);
    floats = new Floats(buffer);
  }

  /** Writes the initial contents of the memory. */
  function fill(): void {
    // Node 0 is the root.
    ints[CURRENT >> 2] = NODES;
    ints[NEXT >> 2] = NODES + NODE_BYTES;
    ints[TREE_END >> 2] = TREE_LIMIT;
    ints[TOLD_NODES >> 2] = 1;
    ints[(NODES + FUNCTION) >> 2] = 1;
    ints[(CALIBRATION + FUNCTION) >> 2] = -1;
    ints[(CALIBRATION + SEEN) >> 2] = 1;
    ints[RANDOM >> 2] = (now() * 1e3) | 1;
    // Defaults until calibration.
    floats[INNER_COST >> 3] = 1e-4;
    floats[PAIR_COST >> 3] = 2e-4;
    floats[WORTH_TIMING >> 3] = FIRST_WORTH;
    // A worker that waits for the debugger does not have the actual value yet.
    floats[TICK >> 3] = globalThis.crossOriginIsolated ? 0.005 : 0.1;
  }

  const first = (node: number): void => {
    if (node === 0) {
      floats[TELL_FROM >> 3] = 0;
      onFirstCall(-1, now());
      return;
    }
    const fn = (ints[(node + FUNCTION) >> 2] as number) >> 1;
    if (fn >= 0) onFirstCall(fn, now());
  };
  const grew = (id: number, node: number): void => onGrowth(id, idOrNull(node));

  const w: Record<string, WebAssembly.ImportValue> = { now, first, g: grew };
  // Created when the page first uses wasm. That takes up to 2 ms, which other pages save.
  let core: WebAssembly.Exports | null = null;
  let kernel: Kernel | null = null;
  const makeCore = (): void => {
    w.m = theMemory();
    const bytes = bytesOfHex(__WASMSCOPE_CORE__);
    bytes[__WASMSCOPE_CORE_FLAG__] = COUNTER_FLAGS;
    core = exportsOf(new Instance(new Module(bytes), { w }));
    w.c = core.child as WebAssembly.ExportValue;
    w.e = core.enter as WebAssembly.ExportValue;
    w.l = core.leave as WebAssembly.ExportValue;
    for (let at = 0; at < EXPONENTIAL_CELLS; at++)
      floats[(EXPONENTIALS >> 3) + at] = -Math.log((at + 0.5) / EXPONENTIAL_CELLS);
  };

  let costs: CalibrationRow = {
    clockCost: 1e-4,
    clockCostError: 5e-5,
    timingCost: 2e-4,
    countingCost: 5e-6,
  };
  const probe = createTierProbe();
  let ownCosts: OverheadCalibration | null = null;
  let slots = 1;

  /** The first slot, which leads to the node outside the tree. */
  function calibrationSlot(): number {
    ints[(SLOTS + SLOT_PARENT) >> 2] = NODES;
    ints[(SLOTS + SLOT_NODE) >> 2] = CALIBRATION;
    return SLOTS;
  }

  const idOrNull = (address: number): NodeId | null => (address === NODES ? null : nodeOf(address));

  const counters: Counters = {
    memory: theMemory,
    isUsed: () => memory !== null,
    imports() {
      if (!core) makeCore();
      return w;
    },
    kernel() {
      kernel ??= createKernel(COUNTER_FLAGS, MAX_PAGES);
      return kernel;
    },
    takeSlots(count) {
      if (slots + count > MAX_SLOTS) return null;
      slots += count;
      return SLOTS + SLOT_BYTES * (slots - count);
    },
    setSlot(slot, fn, imported) {
      theMemory();
      ints[(slot + SLOT_FUNCTION) >> 2] = 2 * fn + imported;
    },
    setSlots(slot, fn, count, imported) {
      theMemory();
      let at = (slot + SLOT_FUNCTION) >> 2;
      for (let more = 0; more < count; more++, at += SLOT_BYTES >> 2)
        ints[at] = 2 * (fn + more) + imported;
    },
    reserve(functions) {
      const pages = Math.ceil((TREE_LIMIT + NODE_BYTES * functions) / PAGE_BYTES);
      const missing = pages - theMemory().buffer.byteLength / PAGE_BYTES;
      if (missing <= 0) return;
      growMemory(theMemory(), missing);
      look(theMemory());
    },
    current: () => (memory ? idOrNull(ints[CURRENT >> 2] as number) : null),
    nodeOf,
    pages: (id) => (id < MAX_MEMORIES ? (ints[(PAGES >> 2) + id] as number) : 0),
    setPages(id, pages) {
      if (id >= MAX_MEMORIES) return;
      theMemory();
      ints[(PAGES >> 2) + id] = pages;
    },
    settle() {
      if (!memory) return false;
      const lost = ints[CURRENT >> 2] !== NODES;
      ints[CURRENT >> 2] = NODES;
      return lost;
    },
    calibrate() {
      if (!core || ownCosts?.left() === 0 || counters.current() !== null) return;
      ownCosts ??= createOverheadCalibration(
        calibrationSlot(),
        w as WebAssembly.ModuleImports,
        counters.kernel(),
      );
      const kept = [SPENT, WORTH_TIMING, LAST_TIMED].map((cell) => floats[cell >> 3] as number);
      const current = ints[CURRENT >> 2] as number;
      ints[CURRENT >> 2] = NODES;
      // Never timed on its own.
      ints[(CALIBRATION + COUNTDOWN) >> 2] = 0;
      costs = ownCosts.round(core as unknown as MeasuredCore, CALIBRATION);
      [SPENT, WORTH_TIMING, LAST_TIMED].forEach((cell, at) => {
        floats[cell >> 3] = kept[at] as number;
      });
      ints[CURRENT >> 2] = current;
      floats[INNER_COST >> 3] = costs.clockCost;
      floats[PAIR_COST >> 3] = costs.timingCost;
    },
    goOn(took, pause) {
      theMemory();
      const spent = (floats[SPENT >> 3] as number) + took;
      floats[SPENT >> 3] = spent;
      floats[TELL_FROM >> 3] = 1 / (now() - spent + pause);
    },
    isCalibrated: () => ownCosts !== null,
    calibration: () => costs,
    tier: (end) => core && probe(core.fib as (n: number) => number, end),
    costOf: ({ calls, certainCalls: certain, sampledCalls: timed }) =>
      calls.reduce(
        (cost, count, row) =>
          cost +
          count * costs.countingCost +
          ((certain[row] as number) + (timed[row] as number)) * costs.timingCost,
        0,
      ),
    takeOverflowed() {
      if (!memory) return 0;
      const lost = ints[OVERFLOWED >> 2] as number;
      ints[OVERFLOWED >> 2] = 0;
      return lost;
    },
  };
  return counters;
}
