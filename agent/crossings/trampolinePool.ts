import { SLOT_BYTES } from '../../src/wasm/counterLayout.ts';
import type { Head } from '../../src/wasm/head.ts';
import { SafeWeakMap } from '../page/natives.ts';
import type { Counters } from './counters.ts';
import { compile, link } from './link.ts';
import type { WasmFunction } from './wasmFunction.ts';

/** Trampolines for functions of a module without references in its types, made in batches. */
export interface TrampolinePool {
  /** Makes the first trampolines for a module. */
  prepare(head: Head): void;
  /**
   * Returns a trampoline in front of a function, which must have this type: nothing checks that
   * before the first call. Null if the pool is exhausted.
   */
  take(
    head: Head,
    type: number,
    real: WasmFunction,
  ): { trampoline: WasmFunction; slot: number } | null;
}

/** Trampolines that were made together. */
interface Batch {
  readonly trampolines: WebAssembly.Table;
  readonly targets: WebAssembly.Table;
  readonly firstSlot: number;
  /** By type: the position of the next free trampoline in the tables, and how many are left. */
  readonly next: Int32Array;
  readonly left: Int32Array;
}

interface Pool {
  /** The latest comes last. Earlier ones have run out of some type, and are tried first. */
  readonly batches: Batch[];
  /** By type: how many were made. */
  readonly made: Int32Array;
}

/**
 * The size of the first batch, made when the first function comes out of a module's table: split
 * over the types in proportion to the module's functions of each type, and at least one of each. A
 * type that runs out is then doubled.
 */
const AT_FIRST = 384;
const AT_LEAST = 32;

// Saved before the agent patches it.
const { Table } = WebAssembly;
const { get: getEntry, set: setEntry } = Table.prototype;
const { apply } = Reflect;

export function createTrampolinePool(counters: Counters): TrampolinePool {
  const pools = new SafeWeakMap<Head, Pool>();

  /** @param wanted how many to make by type, as planned by the kernel */
  function add(pool: Pool, wanted: Int32Array): void {
    const next = new Int32Array(wanted.length);
    const left = new Int32Array(wanted.length);
    let total = 0;
    for (let type = 0; type < wanted.length; type++) {
      const count = wanted[type] as number;
      next[type] = total;
      left[type] = count;
      pool.made[type] = (pool.made[type] as number) + count;
      total += count;
    }
    const firstSlot = counters.takeSlots(total);
    if (firstSlot === null) return;
    const compiled = compile(counters.kernel().pooledTrampolines(firstSlot));
    const targets = new Table({ element: 'anyfunc', initial: total });
    const { p } = link(counters, compiled, { f: { __proto__: null, t: targets } });
    pool.batches[pool.batches.length] = {
      trampolines: p as WebAssembly.Table,
      targets,
      firstSlot,
      next,
      left,
    };
  }

  function poolOf(head: Head): Pool {
    const existing = pools.get(head);
    if (existing) return existing;
    const pool: Pool = { batches: [], made: new Int32Array(head.typeCount) };
    pools.set(head, pool);
    add(pool, counters.kernel().planPool(head, AT_FIRST, 2 * AT_FIRST));
    return pool;
  }

  function free(pool: Pool, type: number): Batch | undefined {
    for (let at = pool.batches.length - 1; at >= 0; at--) {
      const batch = pool.batches[at] as Batch;
      if ((batch.left[type] as number) > 0) return batch;
    }
    return undefined;
  }

  function freeOrNew(head: Head, type: number): Batch | undefined {
    const pool = poolOf(head);
    const found = free(pool, type);
    if (found) return found;
    const made = pool.made[type] as number;
    const wanted = counters.kernel().planPool(head, 0, 0);
    wanted[type] = made > AT_LEAST ? made : AT_LEAST;
    add(pool, wanted);
    return free(pool, type);
  }

  return {
    prepare: poolOf,
    take(head, type, real) {
      const batch = freeOrNew(head, type);
      if (!batch) return null;
      const at = batch.next[type] as number;
      batch.next[type] = at + 1;
      batch.left[type] = (batch.left[type] as number) - 1;
      apply(setEntry, batch.targets, [at, real]);
      return {
        trampoline: apply(getEntry, batch.trampolines, [at]) as WasmFunction,
        slot: batch.firstSlot + SLOT_BYTES * at,
      };
    },
  };
}
