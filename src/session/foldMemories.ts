import type { GrowthRow, MemoryRow } from '../protocol/rows.ts';
import type { Growth, Memory, MemoryIndex, ModuleIndex, NodeIndex, RealmIndex } from './model.ts';

/** The memories of a session and their growth. A shared memory is listed once. */
export interface MemoryFold {
  /**
   * @param realmId the realm that reports it; its segments may come before those of the realm that
   * had it first
   */
  add(realmId: string, row: MemoryRow, realm: RealmIndex, module: ModuleIndex | null): MemoryIndex;
  addGrowth(growth: GrowthRow, memory: MemoryIndex, node: NodeIndex | null): void;
  memories(): Memory[];
  /**
   * Each growth of a shared memory once, as reported by the realm that saw it first and caused it.
   */
  growths(): Growth[];
}

export function createMemoryFold(): MemoryFold {
  const memories: Memory[] = [];
  const growths: Growth[] = [];
  /** By the realm that had it first, and its id there. */
  const byOrigin = new Map<string, MemoryIndex>();

  const isShared = ({ memory }: Growth): boolean => (memories[memory]?.sharedWith.length ?? 0) > 0;

  return {
    add(realmId, { id, origin, module: _, ...rest }, realm, module) {
      const identity = origin ? `${origin.realm} ${origin.memory}` : `${realmId} ${id}`;
      const index = byOrigin.get(identity) ?? memories.length;
      byOrigin.set(identity, index);
      const before = memories[index];
      const row = { ...rest, realm, module, sharedWith: [] };
      if (!before) memories[index] = row;
      else if (before.realm !== realm) {
        memories[index] = origin
          ? { ...before, sharedWith: withRealm(before.sharedWith, realm) }
          : { ...row, sharedWith: withRealm(before.sharedWith, before.realm) };
      }
      return index;
    },
    addGrowth(growth, memory, node) {
      growths.push({ ...growth, memory, node });
    },
    memories: () => [...memories],
    growths() {
      if (!growths.some(isShared)) return [...growths];
      const pages = new Map<MemoryIndex, number>();
      const repeats = new Set<Growth>();
      for (const growth of growths.filter(isShared).sort((a, b) => a.time - b.time)) {
        const reached = pages.get(growth.memory) ?? 0;
        if (growth.toPages <= reached) repeats.add(growth);
        else pages.set(growth.memory, growth.toPages);
      }
      return growths.filter((growth) => !repeats.has(growth));
    },
  };
}

const withRealm = (realms: RealmIndex[], realm: RealmIndex): RealmIndex[] =>
  realms.includes(realm) ? realms : [...realms, realm];
