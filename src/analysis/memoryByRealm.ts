import type { RealmIndex, Session } from '../session/model.ts';
import { memoryFigures } from './memoryFigures.ts';

/** What a realm holds, bytes. */
export interface RealmMemory {
  realm: RealmIndex;
  /** The peak; null: the engine does not report it. Frames of one site share a heap. */
  jsHeap: number | null;
  /** Peak of all its linear memories together. */
  linear: number;
  /** The part of it that other realms share. */
  shared: number;
  memories: number;
  /** Number of grow calls. */
  growths: number;
}

/** JS heap and linear memories of each realm that has any. */
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
    if (!row || name !== 'jsHeap' || value.length === 0) continue;
    row.jsHeap = value.reduce((peak, bytes) => Math.max(peak, bytes), row.jsHeap ?? 0);
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
