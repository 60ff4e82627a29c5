import type { FunctionId } from '../../src/protocol/rows.ts';
import type { Head } from '../../src/wasm/head.ts';
import { pooledTrampolines } from '../../src/wasm/trampolines.ts';
import type { WasmFunction } from './border.ts';
import type { Counters } from './counters.ts';
import { OwnMap, OwnWeakMap } from './natives.ts';

/** Trampolines for functions of a known type, made many at a time. */
export interface TrampolinePool {
  /**
   * A trampoline in front of a function, which must have the type: nothing checks it before the first call.
   * Null where the pool is used up.
   */
  take(head: Head, type: number, real: WasmFunction, id: FunctionId): WasmFunction | null;
}

interface Batch {
  exports: WebAssembly.Exports;
  firstSlot: number;
  used: number;
  size: number;
}

/** Of one type: the first batch is small, as most types are met once or twice. */
const SIZES = [2, 8, 64] as const;

// Held before the agent patches it.
const setEntry = WebAssembly.Table.prototype.set;
const { apply } = Reflect;

/** @param link instantiates a module of trampolines */
export function createTrampolinePool(
  counters: Counters,
  link: (bytes: Uint8Array<ArrayBuffer>, more: WebAssembly.Imports) => WebAssembly.Exports,
): TrampolinePool {
  const batches = new OwnWeakMap<Head, InstanceType<typeof OwnMap<number, Batch>>>();

  function batch(head: Head, type: number): Batch | null {
    let ofHead = batches.get(head);
    if (!ofHead) batches.set(head, (ofHead = new OwnMap<number, Batch>()));
    const current = ofHead.get(type);
    if (current && current.used < current.size) return current;
    const size = SIZES.find((wanted) => wanted > (current?.size ?? 0)) ?? 64;
    const firstSlot = counters.takeSlots(size);
    if (firstSlot === null) return null;
    const exports = link(pooledTrampolines(head, type, size), { g: { base: 4 * firstSlot } });
    const made: Batch = { exports, firstSlot, used: 0, size };
    ofHead.set(type, made);
    return made;
  }

  return {
    take(head, type, real, id) {
      const from = batch(head, type);
      if (!from) return null;
      const at = from.used++;
      apply(setEntry, from.exports.t, [at, real]);
      counters.setSlot(from.firstSlot + at, id);
      return from.exports[at] as unknown as WasmFunction;
    },
  };
}
