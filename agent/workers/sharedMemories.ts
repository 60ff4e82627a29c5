import type { MemoryId, MemoryRow } from '../../src/protocol/rows.ts';
import { SafeWeakRef } from '../page/natives.ts';
import { schedule } from '../recording/schedule.ts';

/** A shared memory as the realm has it that told of it. */
export interface SharedMemory {
  realm: string;
  id: MemoryId;
  memory: WebAssembly.Memory;
}

/** The shared memories of this realm and of the realms that sent it some, so that each keeps one identity. */
export interface SharedMemories {
  /** Told by another realm's agent, before the page's own message with the memory. */
  learn(memories: readonly SharedMemory[]): void;
  /** Met at the boundary: what it is elsewhere; null: nothing. */
  meet(met: SharedMemory): MemoryRow['origin'];
  /** Those from a place on, and how many there are in all. */
  from(first: number): { news: SharedMemory[]; count: number };
}

/** How long a memory is held that another realm told of, ms: the page has its own by then, or never. */
const HELD = 10_000;

// Held before the page replaces them.
const { notify, waitAsync } = Atomics;
const Ints = Int32Array;

export function createSharedMemories(): SharedMemories {
  const known: (Omit<SharedMemory, 'memory'> & { memory: WeakRef<WebAssembly.Memory> })[] = [];
  const held: WebAssembly.Memory[] = [];
  const add = ({ realm, id, memory }: SharedMemory): void => {
    known[known.length] = { realm, id, memory: new SafeWeakRef(memory) };
  };
  return {
    learn(memories) {
      for (const shared of memories) {
        // One that this realm told of may come back.
        if (known.some(({ realm, id }) => realm === shared.realm && id === shared.id)) continue;
        add(shared);
        held[held.length] = shared.memory;
        schedule(() => held.shift(), HELD);
      }
    },
    meet(met) {
      for (const { realm, id, memory } of known) {
        const other = memory.deref();
        if (other && isSame(other, met.memory)) return { realm, memory: id };
      }
      add(met);
      return null;
    },
    from(first) {
      const news: SharedMemory[] = [];
      for (let at = first; at < known.length; at++) {
        const { realm, id, memory } = known[at] as (typeof known)[number];
        const object = memory.deref();
        if (object) news[news.length] = { realm, id, memory: object };
      }
      return { news, count: known.length };
    },
  };
}

/**
 * Whether two objects stand for one memory, which nothing else tells: who waits at a place of the one can be woken at
 * that of the other. At the last place, where no page waits; Firefox before 145 cannot wait so, and their sizes must do.
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
