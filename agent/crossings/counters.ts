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

/** The bytes of src/wasm/core.ts in hexadecimal, and where in them the flags of the memory's type stand: put here by the build. */
declare const __WASMSCOPE_CORE__: string;
declare const __WASMSCOPE_CORE_FLAG__: number;

// The realm's counter memory, the clock behind timed calls, and what is read out of both for a chunk.

/** Functions for which there is room beneath a full tree from the start. */
const FIRST_FUNCTIONS = 4096;
const TREE_LIMIT = NODES + NODE_BYTES * MAX_TREE_NODES;

// Held before the agent patches them.
const { Instance, Memory, Module } = WebAssembly;
const [Ints, Floats] = [Int32Array, Float64Array];
const { apply } = Reflect;
const nativeGrow = WebAssembly.Memory.prototype.grow;
const growMemory = (memory: WebAssembly.Memory, pages: number): void => {
  apply(nativeGrow, memory, [pages]);
};

export interface Counters {
  /** What was counted: counts.ts reads it. */
  memory(): WebAssembly.Memory;
  /** Whether the memory was needed so far: else nothing was counted. */
  isUsed(): boolean;
  /** What trampoline modules import as `w`; made at the first call. */
  imports(): WebAssembly.ModuleImports;
  /** What reads heads and writes trampolines; made at the first call. */
  kernel(): Kernel;
  /** The address of the first of so many slots; null where there are no more. */
  takeSlots(count: number): number | null;
  /** @param imported 1: wasm calls out through it; 0: script calls in */
  setSlot(slot: number, fn: FunctionId, imported: 0 | 1): void;
  /** The same for so many functions whose ids and slots follow each other. */
  setSlots(slot: number, fn: FunctionId, count: number, imported: 0 | 1): void;
  /** Makes room for so many functions in all. */
  reserve(functions: number): void;
  /** The crossing under way, null outside any. */
  current(): NodeId | null;
  nodeOf(address: number): NodeId;
  /** The pages cell of a memory. */
  pages(memory: number): number;
  setPages(memory: number, pages: number): void;
  /** To be called from a task of the agent's own, where no crossing can be under way: a trap leaves the
   * current node behind. Returns whether it had to be put right. */
  settle(): boolean;
  /**
   * Measures what timing and counting cost: some 3 ms, ten times at most, and nothing before `imports` was used or
   * within a crossing, whose time it would be.
   */
  calibrate(): void;
  /** Whether it was measured at all. */
  isCalibrated(): boolean;
  /** In a thread: takes what handing over took out of the calls under way, and asks to be told of a call after a pause; ms. */
  goOn(took: number, pause: number): void;
  calibration(): CalibrationRow;
  /** The tier probe's answer, now and then. @param end the realm's last chance */
  tier(end: boolean): TierProbeRow | null;
  /** Milliseconds spent in clock reads and counting for these. */
  costOf(crossings: CrossingColumns): number;
  /** Crossings since the last take whose path was lost because the tree was full. */
  takeOverflowed(): number;
}

/**
 * @param onFirstCall told of the first call of each node's function, with its time; of no function (−1) as `goOn` asked
 * @param onGrowth told of a memory whose pages differ from its cell, found at a crossing
 */
export function createCounters(
  onFirstCall: (fn: FunctionId, at: number) => void,
  onGrowth: (memory: number, node: NodeId | null) => void,
): Counters {
  // Made when the page first uses wasm: that takes about a millisecond, which other pages need not pay.
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

  /** Writes what the memory begins with. */
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
    // Until they are calibrated.
    floats[INNER_COST >> 3] = 1e-4;
    floats[PAIR_COST >> 3] = 2e-4;
    floats[WORTH_TIMING >> 3] = FIRST_WORTH;
    // A worker that waits for the debugger does not know yet.
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
  // Made when the page first uses wasm, as it takes up to 2 ms: other pages need not pay for it.
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
      // Never timed by itself.
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
