import type { FunctionId } from '../../src/protocol/rows.ts';
import { SLOT_BYTES } from '../../src/wasm/counterLayout.ts';
import type { FunctionType, Head } from '../../src/wasm/head.ts';
import { pooledTrampolines } from '../../src/wasm/trampolines.ts';
import { SafeMap, SafeWeakMap } from '../page/natives.ts';
import type { WasmFunction } from './boundary.ts';
import type { Counters } from './counters.ts';

/** Trampolines for functions of a known type without references, made many at a time. */
export interface TrampolinePool {
  /** Makes the first trampolines for a module. */
  prepare(head: Head): void;
  /**
   * A trampoline in front of a function, which must have the type: nothing checks it before the first call.
   * Null where the pool is used up.
   */
  take(head: Head, type: number, real: WasmFunction, id: FunctionId): WasmFunction | null;
}

/** A free trampoline: its place in a batch. */
interface Free {
  batch: { trampolines: WebAssembly.Table; targets: WebAssembly.Table; firstSlot: number };
  at: number;
}

interface OfType {
  free: Free[];
  made: number;
}

type FreeOfHead = InstanceType<typeof SafeMap<number, OfType>>;

/**
 * Made when the first function comes out of a table of a module: so many in all, of each type in proportion to the
 * module's functions of that type, and one of each. Then as many again of a type that ran out.
 */
const AT_FIRST = 384;
const AT_LEAST = 32;

// Held before the agent patches it.
const { Table } = WebAssembly;
const { get: getEntry, set: setEntry } = Table.prototype;
const { apply } = Reflect;

/** @param link instantiates a module of trampolines with the table of what they forward to */
export function createTrampolinePool(
  counters: Counters,
  link: (bytes: Uint8Array<ArrayBuffer>, targets: WebAssembly.Table) => WebAssembly.Exports,
): TrampolinePool {
  const freeOf = new SafeWeakMap<Head, FreeOfHead>();

  function add(free: FreeOfHead, head: Head, wanted: readonly number[]): void {
    const firstSlot = counters.takeSlots(wanted.length);
    if (firstSlot === null) return;
    const signatures = wanted.map((type) => head.types[type] as FunctionType);
    const targets = new Table({ element: 'anyfunc', initial: wanted.length });
    const { p } = link(pooledTrampolines(signatures, firstSlot), targets);
    const batch = { trampolines: p as WebAssembly.Table, targets, firstSlot };
    wanted.forEach((type, at) => {
      const ofType = free.get(type) ?? { free: [], made: 0 };
      free.set(type, ofType);
      ofType.free.push({ batch, at });
      ofType.made++;
    });
  }

  function prepare(head: Head): FreeOfHead {
    const known = freeOf.get(head);
    if (known) return known;
    const free = new SafeMap<number, OfType>();
    freeOf.set(head, free);
    add(free, head, firstTypes(head));
    return free;
  }

  function next(head: Head, type: number): Free | undefined {
    const free = prepare(head);
    const { made = 0, free: left } = free.get(type) ?? {};
    if (!left?.length)
      add(free, head, new Array<number>(made > AT_LEAST ? made : AT_LEAST).fill(type));
    return free.get(type)?.free.pop();
  }

  return {
    prepare,
    take(head, type, real, id) {
      const free = next(head, type);
      if (!free) return null;
      const { batch, at } = free;
      apply(setEntry, batch.targets, [at, real]);
      counters.setSlot(batch.firstSlot + SLOT_BYTES * at, id, 0);
      return apply(getEntry, batch.trampolines, [at]) as WasmFunction;
    },
  };
}

/** The types of the first batch, each as often as it is wanted. */
function firstTypes({ functions, types }: Head): number[] {
  const count = new Uint32Array(types.length);
  for (let at = 0; at < functions.length; at++)
    count[functions[at] as number] = (count[functions[at] as number] as number) + 1;
  const wanted: number[] = [];
  for (let type = 0; type < count.length && wanted.length < 2 * AT_FIRST; type++) {
    const share = Math.ceil(((count[type] as number) * AT_FIRST) / functions.length);
    for (let left = share; left > 0; left--) wanted.push(type);
  }
  return wanted;
}
