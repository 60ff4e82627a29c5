import type { MemoryId, MemoryRow } from '../../src/protocol/rows.ts';
import { SafeWeakRef } from '../page/natives.ts';
import { schedule } from '../recording/schedule.ts';

/** A shared memory, with its id in a realm. */
export interface SharedMemory {
  realm: string;
  id: MemoryId;
  memory: WebAssembly.Memory;
}

/**
 * The shared memories of this realm and of realms that sent it some, so that each keeps one
 * identity.
 */
export interface SharedMemories {
  /** Adds what another realm's agent described; the page's own message with the memory follows. */
  add(memories: readonly SharedMemory[]): void;
  /** Returns the realm in which a memory was first seen, and its id there; null if it is new. */
  originOf(memory: SharedMemory): MemoryRow['origin'];
  /** Returns those added since there were `count` of them. */
  since(count: number): SharedMemory[];
  count(): number;
}

/**
 * How long a memory from another realm is kept alive, ms: by then the page has it or never will.
 */
const KEPT = 10_000;

// Saved before the page replaces them.
const { notify, waitAsync } = Atomics;
const Ints = Int32Array;

interface Entry extends Omit<SharedMemory, 'memory'> {
  memory: WeakRef<WebAssembly.Memory>;
}

export function createSharedMemories(): SharedMemories {
  const entries: Entry[] = [];
  const keptAlive: WebAssembly.Memory[] = [];

  function addEntry({ realm, id, memory }: SharedMemory): void {
    entries[entries.length] = { realm, id, memory: new SafeWeakRef(memory) };
  }

  return {
    add(memories) {
      for (const shared of memories) {
        // A memory that this realm sent may come back.
        if (entries.some(({ realm, id }) => realm === shared.realm && id === shared.id)) continue;
        addEntry(shared);
        keptAlive[keptAlive.length] = shared.memory;
        schedule(() => keptAlive.shift(), KEPT);
      }
    },
    originOf(shared) {
      for (const { realm, id, memory } of entries) {
        const other = memory.deref();
        if (other && isSame(other, shared.memory)) return { realm, memory: id };
      }
      addEntry(shared);
      return null;
    },
    since(count) {
      const added: SharedMemory[] = [];
      for (let index = count; index < entries.length; index++) {
        const { realm, id, memory } = entries[index] as Entry;
        const object = memory.deref();
        if (object) added[added.length] = { realm, id, memory: object };
      }
      return added;
    },
    count: () => entries.length,
  };
}

/**
 * Whether two objects are the same memory: only then can a waiter on one be woken through the
 * other. Waits on the last word, which no page uses for waiting. Firefox before 145 cannot wait
 * asynchronously; there, equal sizes count as the same.
 */
function isSame(
  { buffer: one }: WebAssembly.Memory,
  { buffer: other }: WebAssembly.Memory,
): boolean {
  const cells = new Ints(one);
  const last = Math.min(one.byteLength, other.byteLength) / 4 - 1;
  if (last < 0 || !waitAsync) return one.byteLength === other.byteLength;
  waitAsync(cells, last, cells[last] as number, 1);
  return notify(new Ints(other), last, 1) > 0;
}
