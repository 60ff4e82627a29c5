import type { DroppedRow } from '../protocol/rows.ts';
import type { RealmIndex, Unmeasured } from './model.ts';
import type { Segment } from './segment.ts';

/** What is missing from the session: what could not be measured, and what was dropped. */
export interface GapFold {
  add(segment: Segment, realm: RealmIndex): void;
  drop(what: DroppedRow['what'], count: number): void;
  unmeasured(): Unmeasured[];
  dropped(): DroppedRow[];
}

export function createGapFold(): GapFold {
  const unmeasured = new Map<string, Unmeasured>();
  const dropped = new Map<DroppedRow['what'], number>();

  function drop(what: DroppedRow['what'], count: number): void {
    dropped.set(what, (dropped.get(what) ?? 0) + count);
  }

  return {
    add(segment, realm) {
      for (const row of segment.unmeasured ?? []) {
        const key = `${realm}\0${row.what}\0${row.reason}`;
        const before = unmeasured.get(key);
        unmeasured.set(key, { ...row, realm, count: (before?.count ?? 0) + row.count });
      }
      for (const { what, count } of segment.dropped ?? []) drop(what, count);
    },
    drop,
    unmeasured: () => [...unmeasured.values()],
    dropped: () => [...dropped].map(([what, count]) => ({ what, count })),
  };
}
