import type { GrowthRow, MemoryId, MemoryRow, NodeId } from '../../src/protocol/rows.ts';
import { MAX_MEMORIES } from '../../src/wasm/counterLayout.ts';
import * as op from '../../src/wasm/opcodes.ts';
import { I32 } from '../../src/wasm/opcodes.ts';
import { PAGE_BYTES } from '../../src/wasm/pageBytes.ts';
import { exportsOf, getOrInsert, SafeMap, SafeWeakMap } from '../page/natives.ts';
import { now } from '../recording/clock.ts';
import type { Counters } from './counters.ts';

/**
 * The linear memories of a realm and their growth. Buffers are never kept, and only accessed when
 * copies are recorded.
 */
export interface Memories {
  /**
   * Returns the id of a memory seen at the boundary; null if there are too many to check at every
   * crossing.
   */
  meet(
    memory: WebAssembly.Memory,
    module: number,
    name: string,
    kind: MemoryRow['kind'],
    raw: Uint8Array,
  ): MemoryId | null;
  /** The number of memories seen, which is also the next id. */
  count(): number;
  /** Records a memory's size if it has changed since the last check. */
  check(memory: MemoryId, node: NodeId | null, late: boolean): void;
  /** The same for a memory object, if the agent has seen it. */
  checkObject(memory: WebAssembly.Memory, node: NodeId | null): void;
  /** By id; null if the memory was collected. */
  readonly objects: readonly (WeakRef<WebAssembly.Memory> | null)[];
  /** Checks all memories and returns their total size in bytes. */
  checkAll(): number;
}

const { Instance, Module } = WebAssembly;

export function createMemories(
  counters: () => Counters,
  report: (row: MemoryRow) => void,
  grown: (row: GrowthRow) => void,
): Memories {
  const ids = new SafeWeakMap<WebAssembly.Memory, MemoryId>();
  const pagesOf = new SafeWeakMap<WebAssembly.Memory, () => number>();
  const objects: (WeakRef<WebAssembly.Memory> | null)[] = [];
  const lastPages: number[] = [];
  const sizeModules = new SafeMap<number, WebAssembly.Module>();

  function read(id: MemoryId): number | null {
    const memory = objects[id]?.deref();
    if (!memory) {
      objects[id] = null;
      return null;
    }
    return pagesOf.get(memory)?.() ?? null;
  }

  function check(id: MemoryId, node: NodeId | null, late: boolean): void {
    const pages = read(id);
    const before = lastPages[id];
    if (pages === null || before === undefined || pages === before) return;
    lastPages[id] = pages;
    counters().setPages(id, pages);
    grown({ memory: id, time: now(), fromPages: before, toPages: pages, node, observedLate: late });
  }

  return {
    meet(memory, module, name, kind, raw) {
      const existing = ids.get(memory);
      if (existing !== undefined) {
        check(existing, null, true);
        return existing < MAX_MEMORIES ? existing : null;
      }
      const id = objects.length;
      const { shared, address, maximum } = readLimits(raw);
      ids.set(memory, id);
      objects.push(new WeakRef(memory));
      const flags = (shared ? 2 : 0) | (address === 'i64' ? 4 : 0);
      const sizeModule = getOrInsert(sizeModules, flags, () => new Module(sizeModuleBytes(flags)));
      const size = exportsOf(new Instance(sizeModule, { m: { m: memory } })).size as () => number;
      pagesOf.set(memory, size);
      const pages = size();
      lastPages.push(pages);
      counters().setPages(id, pages);
      report({
        id,
        module,
        name,
        kind,
        shared,
        address,
        initialPages: pages,
        maximumPages: maximum,
        firstSeen: now(),
      });
      return id < MAX_MEMORIES ? id : null;
    },
    count: () => objects.length,
    check,
    checkObject(memory, node) {
      const id = ids.get(memory);
      if (id !== undefined) check(id, node, false);
    },
    objects,
    checkAll() {
      let bytes = 0;
      for (let id = 0; id < objects.length; id++) {
        check(id, null, true);
        if (objects[id]) bytes += (lastPages[id] as number) * PAGE_BYTES;
      }
      return bytes;
    },
  };
}

/** Decodes the bytes of a memory's type (core specification 5.3.10). */
function readLimits(raw: Uint8Array): {
  shared: boolean;
  address: 'i32' | 'i64';
  maximum: number | null;
} {
  const flags = raw[0] as number;
  let at = 1;
  while ((raw[at++] as number) >= 0x80); // the initial size
  let maximum = 0;
  for (let shift = 0, byte = 0x80; byte >= 0x80; shift += 7) {
    byte = raw[at++] ?? 0;
    maximum += (byte & 0x7f) * 2 ** shift;
  }
  return {
    shared: (flags & 2) !== 0,
    address: (flags & 4) !== 0 ? 'i64' : 'i32',
    maximum: (flags & 1) !== 0 ? maximum : null,
  };
}

/**
 * A module that imports a memory and exports `size() → pages`: the only way to get the size without
 * touching the buffer.
 */
function sizeModuleBytes(flags: number): Uint8Array<ArrayBuffer> {
  const isLarge = (flags & 4) !== 0;
  // A shared memory needs a maximum; ours is the largest possible: 65,536 pages, or 2^48 with 64
  // bits.
  const sharedMaximum = isLarge ? [0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x40] : [0x80, 0x80, 0x04];
  const limits = (flags & 2) === 0 ? [flags, 0] : [flags | 1, 0, ...sharedMaximum];
  const size = isLarge ? [op.memorySize, 0, op.i32WrapI64] : [op.memorySize, 0];
  return new Uint8Array([
    ...[0, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
    ...[1, 5, 1, 0x60, 0, 1, I32], // () → i32
    ...[2, 6 + limits.length, 1, 1, 0x6d, 1, 0x6d, 2, ...limits], // m.m
    ...[3, 2, 1, 0],
    ...[7, 8, 1, 4, 0x73, 0x69, 0x7a, 0x65, 0, 0], // size
    ...[10, 4 + size.length, 1, 2 + size.length, 0, ...size, op.end],
  ]);
}
