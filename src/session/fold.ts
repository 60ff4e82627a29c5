import * as rows from '../protocol/rows.ts';
import type { RealmTree } from './foldCrossings.ts';
import { createCrossingFold } from './foldCrossings.ts';
import { createGapFold } from './foldGaps.ts';
import { createMemoryFold } from './foldMemories.ts';
import { createModuleFold } from './foldModules.ts';
import type { RealmTimeline, TimelineSink } from './foldTimeline.ts';
import { createTimelineFold, emptyTimeline } from './foldTimeline.ts';
import type { CrossingInterval, Realm, RealmIndex, Session, SessionInfo } from './model.ts';
import type { Segment } from './segment.ts';
import type { SegmentOrder } from './segmentOrder.ts';
import { createSegmentOrder, PATIENCE } from './segmentOrder.ts';

/** Turns segments into tables, as they arrive. */
export interface Fold {
  add(segment: Segment): void;
  setInfo(info: SessionInfo): void;
  /** The tables so far; later segments do not change them. Cheap enough for once a second. */
  session(): Session;
}

/**
 * Takes rows as they are folded, instead of the session's tables: for readers that cannot hold all
 * rows of a long recording at once. The session then lacks them. `session()` passes on the last.
 */
export interface FoldSink extends TimelineSink {
  interval?(interval: CrossingInterval): void;
}

/** Where a realm's rows are in the session's tables, by its own small numbers. */
interface RealmFold {
  readonly index: RealmIndex;
  readonly row: Realm;
  readonly order: SegmentOrder;
  readonly modules: Map<number, number>;
  readonly memories: Map<number, number>;
  readonly tree: RealmTree;
  readonly timeline: RealmTimeline;
}

export function createFold(first: SessionInfo, sink: FoldSink = {}): Fold {
  let info = first;
  let origin: number | null = null;
  let duration = 0;
  /** Segments of workers and frames that arrived before their page, from which times count. */
  const early: Segment[] = [];
  const realms = new Map<string, RealmFold>();
  const modules = createModuleFold();
  const memories = createMemoryFold();
  const crossings = createCrossingFold(sink.interval);
  const timeline = createTimelineFold(sink);
  const gaps = createGapFold();

  function realmOf(id: string): RealmFold {
    const before = realms.get(id);
    if (before) return before;
    const index = realms.size;
    const made: RealmFold = {
      index,
      row: newRealm(id, origin ?? info.started),
      order: createSegmentOrder(
        (segment) => fold(made, segment),
        (missing, next) => noteGap(made, missing, next),
      ),
      modules: new Map(),
      memories: new Map(),
      tree: crossings.realm(index),
      timeline: emptyTimeline(),
    };
    realms.set(id, made);
    return made;
  }

  function noteGap({ index, row }: RealmFold, missing: number, next: Segment): void {
    const end = next.from + row.offset;
    timeline.addSpan({
      realm: index,
      kind: 'gap',
      name: `${missing} missing`,
      start: Math.min(row.lastSeen, end),
      duration: Math.max(0, end - row.lastSeen),
      value: missing,
      detail: 'chunks that never arrived',
    });
    gaps.drop('chunks', missing);
  }

  function fold(realm: RealmFold, segment: Segment): void {
    foldRealm(realm.row, segment);
    const { offset } = realm.row;
    for (const row of segment.modules ?? [])
      modules.add(rows.moduleRow.shift(row, offset), realm.index, realm.modules);
    foldMemories(realm, segment, offset);
    crossings.add(realm.tree, segment, offset, realm.modules);
    foldGrowths(realm, segment, offset);
    timeline.add(realm.timeline, segment, realm.index, offset);
    gaps.add(segment, realm.index);
  }

  function foldRealm(row: Realm, segment: Segment): void {
    if (segment.info) {
      Object.assign(row, segment.info);
      origin ??= Math.max(segment.info.timeOrigin, info.mode === 'attach' ? info.started : 0);
      row.offset = segment.info.timeOrigin - origin;
    }
    row.lastSeen = Math.max(row.lastSeen, segment.to + row.offset);
    duration = Math.max(duration, row.lastSeen);
    row.ended = segment.end !== undefined;
    if (segment.calibration) row.calibration = segment.calibration;
    for (const probe of segment.tierProbes ?? [])
      row.tierProbes.push(rows.tierProbeRow.shift(probe, row.offset));
    for (const part of rows.overheadRow.names) row.overhead[part] += segment.overhead?.[part] ?? 0;
  }

  function foldMemories(realm: RealmFold, segment: Segment, offset: number): void {
    for (const row of segment.memories ?? []) {
      const module = row.module === null ? null : (realm.modules.get(row.module) ?? null);
      const moved = rows.memoryRow.shift(row, offset);
      realm.memories.set(row.id, memories.add(segment.realm, moved, realm.index, module));
    }
  }

  /** Behind the nodes that they point to. */
  function foldGrowths(realm: RealmFold, segment: Segment, offset: number): void {
    for (const row of segment.growths ?? []) {
      const memory = realm.memories.get(row.memory);
      // Its memory was in a segment that never arrived.
      if (memory === undefined) {
        gaps.drop('growths', 1);
        continue;
      }
      const node = row.node === null ? null : (realm.tree.nodes[row.node] ?? null);
      memories.addGrowth(rows.growthRow.shift(row, offset), memory, node);
    }
  }

  const take = (segment: Segment): void => realmOf(segment.realm).order.add(segment);

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
        for (const { order } of realms.values()) order.skipGaps();
      }
      return {
        info,
        origin: origin ?? info.started,
        duration,
        realms: [...realms.values()].map(({ row }) => copyOf(row)),
        modules: modules.modules((realm, id) => realms.get(realm)?.modules.get(id)),
        memories: memories.memories(),
        growths: memories.growths(),
        functions: crossings.functions(),
        nodes: crossings.nodes(),
        intervals: crossings.intervals(),
        copies: crossings.copies(),
        requests: timeline.requests(),
        spans: timeline.spans(),
        series: timeline.series(),
        unmeasured: gaps.unmeasured(),
        dropped: gaps.dropped(),
      };
    },
  };
}

/** A realm before its first segment: a clock as browsers have it that are not isolated. */
const newRealm = (id: string, timeOrigin: number): Realm => ({
  ...rows.realmInfo.empty(),
  timeOrigin,
  clockResolution: 0.1,
  id,
  offset: 0,
  lastSeen: 0,
  overhead: rows.overheadRow.empty(),
  calibration: rows.calibrationRow.empty(),
  tierProbes: [],
  ended: false,
});

const copyOf = (row: Realm): Realm => ({
  ...row,
  overhead: { ...row.overhead },
  tierProbes: [...row.tierProbes],
});
