import type { FoldSink, RealmRows } from './foldTables.ts';
import { createTableFold } from './foldTables.ts';
import type { Session, SessionInfo } from './model.ts';
import type { Segment } from './segment.ts';
import type { SegmentOrder } from './segmentOrder.ts';
import { createSegmentOrder, PATIENCE } from './segmentOrder.ts';

export type { FoldSink } from './foldTables.ts';

/** Turns segments into tables, as they arrive. */
export interface Fold {
  add(segment: Segment): void;
  setInfo(info: SessionInfo): void;
  /** The tables so far; later segments do not change them. Cheap enough for once a second. */
  session(): Session;
}

export function createFold(first: SessionInfo, sink: FoldSink = {}): Fold {
  let info = first;
  let origin: number | null = null;
  let duration = 0;
  /** Segments of workers and frames that arrived before their page, from which times count. */
  const early: Segment[] = [];
  const orders = new Map<string, SegmentOrder>();
  const tables = createTableFold(sink);

  function orderOf(id: string): SegmentOrder {
    const before = orders.get(id);
    if (before) return before;
    const realm = tables.realm(id, origin ?? info.started);
    const made = createSegmentOrder(
      (segment) => fold(realm, segment),
      (missing, next) => tables.noteGap(realm, missing, next),
    );
    orders.set(id, made);
    return made;
  }

  function fold(realm: RealmRows, segment: Segment): void {
    const { row } = realm;
    if (segment.info) {
      Object.assign(row, segment.info);
      origin ??= Math.max(segment.info.timeOrigin, info.mode === 'attach' ? info.started : 0);
      row.offset = segment.info.timeOrigin - origin;
    }
    row.lastSeen = Math.max(row.lastSeen, segment.to + row.offset);
    duration = Math.max(duration, row.lastSeen);
    row.ended = segment.end !== undefined;
    tables.add(realm, segment);
  }

  const take = (segment: Segment): void => orderOf(segment.realm).add(segment);

  function takeEarly(): void {
    for (const segment of early.splice(0)) take(segment);
  }

  return {
    add(segment) {
      const isPage = segment.info?.kind === 'page';
      if (origin === null && !isPage && early.length < PATIENCE) {
        early.push(segment);
        return;
      }
      if (isPage) take(segment);
      takeEarly();
      if (!isPage) take(segment);
    },
    setInfo(next) {
      info = next;
    },
    session() {
      if (info.state !== 'recording') {
        takeEarly();
        for (const order of orders.values()) order.skipGaps();
      }
      return { info, origin: origin ?? info.started, duration, ...tables.tables() };
    },
  };
}
