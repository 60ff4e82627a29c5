import type { MemoryRow } from '../protocol/rows.ts';
import type { Growth, Memory, MemoryIndex, ModuleIndex, RealmIndex } from './model.ts';

/** The memories of a session: a shared one once, whichever realms have it. */
export interface MemoryFold {
  /** @param from id of the realm that tells of it; its segments may come before those of the realm that had it first */
  add(
    from: string,
    row: MemoryRow,
    realm: RealmIndex,
    module: ModuleIndex | null,
    at: number,
  ): MemoryIndex;
  table(): Memory[];
  /** Each growth of a shared memory once: as the realm saw it that saw it first, which caused it. */
  grown(growths: readonly Growth[]): Growth[];
}

export function createMemoryFold(): MemoryFold {
  const memories: Memory[] = [];
  /** By the realm that had it first, and its id there. */
  const known = new Map<string, MemoryIndex>();

  return {
    add(from, { id, same, module: _, ...rest }, realm, module, at) {
      const identity = same ? `${same.realm} ${same.memory}` : `${from} ${id}`;
      const index = known.get(identity) ?? memories.length;
      known.set(identity, index);
      const before = memories[index];
      const row = { ...rest, realm, module, at, sharedWith: [] };
      if (!before) memories[index] = row;
      else if (before.realm !== realm) {
        memories[index] = same
          ? { ...before, sharedWith: withRealm(before.sharedWith, realm) }
          : { ...row, sharedWith: withRealm(before.sharedWith, before.realm) };
      }
      return index;
    },
    table: () => [...memories],
    grown(growths) {
      const isShared = ({ memory }: Growth): boolean =>
        (memories[memory] as Memory).sharedWith.length > 0;
      if (!growths.some(isShared)) return [...growths];
      const pages = new Map<MemoryIndex, number>();
      const later = new Set<Growth>();
      for (const growth of growths.filter(isShared).sort((a, b) => a.at - b.at)) {
        const seen = pages.get(growth.memory) ?? 0;
        if (growth.toPages <= seen) later.add(growth);
        else pages.set(growth.memory, growth.toPages);
      }
      return growths.filter((growth) => !later.has(growth));
    },
  };
}

const withRealm = (realms: RealmIndex[], realm: RealmIndex): RealmIndex[] =>
  realms.includes(realm) ? realms : [...realms, realm];
