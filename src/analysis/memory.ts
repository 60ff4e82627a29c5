import type {
  Growth,
  Memory,
  NodeIndex,
  RealmIndex,
  Session,
  TimeRange,
} from '../session/model.ts';
import { PAGE_BYTES } from '../wasm/pageBytes.ts';

export interface GrowthStep {
  growth: Growth;
  memory: Memory;
  /** By how much it grew. */
  bytes: number;
  /** Names of the crossings under way, outermost first; empty: by script outside any crossing. */
  path: string[];
}

/** Names of a node's boundary functions from the top level down to it. */
export function pathOf(session: Session, node: NodeIndex): string[] {
  const path: string[] = [];
  for (let at = node; at >= 0; at = session.nodes.parent[at] as number) {
    const fn = session.functions[session.nodes.function[at] as number];
    if (fn) path.push(fn.name);
  }
  return path.reverse();
}

/** Growth steps within a range, in order of time. */
export function growthSteps(session: Session, range?: TimeRange | null): GrowthStep[] {
  return session.growths
    .filter(({ at }) => !range || (at >= range.from && at <= range.to))
    .map((growth) => ({
      growth,
      memory: session.memories[growth.memory] as Memory,
      bytes: (growth.toPages - growth.fromPages) * PAGE_BYTES,
      path: growth.node === null ? [] : pathOf(session, growth.node),
    }))
    .sort((a, b) => a.growth.at - b.growth.at);
}

export interface MemoryFigures {
  memory: Memory;
  /**
   * Pages of 64 KiB at the end of the recording; the most there ever were, as a memory never
   * shrinks.
   */
  pages: number;
  bytes: number;
  /** How much it grew while it was recorded. */
  grownBytes: number;
  growths: number;
}

/** All memories in their order in the session. */
export function memoryFigures(session: Session): MemoryFigures[] {
  const figures = session.memories.map((memory) => ({
    memory,
    pages: memory.initialPages,
    bytes: 0,
    grownBytes: 0,
    growths: 0,
  }));
  for (const { memory, toPages } of session.growths) {
    const row = figures[memory];
    if (!row) continue;
    // A growth that was seen late may stand behind one that was seen at once.
    row.pages = Math.max(row.pages, toPages);
    row.growths++;
  }
  for (const row of figures) {
    row.bytes = row.pages * PAGE_BYTES;
    row.grownBytes = (row.pages - row.memory.initialPages) * PAGE_BYTES;
  }
  return figures;
}

/** What a realm holds, bytes. */
export interface RealmMemory {
  realm: RealmIndex;
  /** The most that was seen; null: the engine does not tell. Frames of one site share a heap. */
  jsHeap: number | null;
  /** Of the memories that it has, at their largest. */
  linear: number;
  /** Of those, what other realms have as well. */
  shared: number;
  memories: number;
  growths: number;
}

/** JavaScript heap and linear memories of each realm that has any. */
export function memoryByRealm(session: Session): RealmMemory[] {
  const rows = session.realms.map(
    (_, realm): RealmMemory => ({
      realm,
      jsHeap: null,
      linear: 0,
      shared: 0,
      memories: 0,
      growths: 0,
    }),
  );
  for (const { realm, name, value } of session.series) {
    const row = rows[realm];
    if (row && name === 'jsHeap' && value.length > 0)
      row.jsHeap = value.reduce((most, bytes) => Math.max(most, bytes), row.jsHeap ?? 0);
  }
  for (const { memory, bytes, growths } of memoryFigures(session)) {
    for (const realm of [memory.realm, ...memory.sharedWith]) {
      const row = rows[realm];
      if (!row) continue;
      row.linear += bytes;
      if (memory.sharedWith.length > 0) row.shared += bytes;
      row.memories++;
      row.growths += growths;
    }
  }
  return rows.filter(({ jsHeap, memories }) => jsHeap !== null || memories > 0);
}
