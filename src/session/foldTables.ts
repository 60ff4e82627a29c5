import * as rows from '../protocol/rows.ts';
import type { RealmTree } from './foldCrossings.ts';
import { createCrossingFold } from './foldCrossings.ts';
import { createGapFold } from './foldGaps.ts';
import { createMemoryFold } from './foldMemories.ts';
import { createModuleFold } from './foldModules.ts';
import type { RealmTimeline, TimelineSink } from './foldTimeline.ts';
import { createTimelineFold, emptyTimeline } from './foldTimeline.ts';
import type { CrossingInterval, Realm, RealmIndex, Session } from './model.ts';
import type { Segment } from './segment.ts';

/**
 * Takes rows as they are folded, instead of the session's tables: for readers that cannot hold all
 * rows of a long recording at once. The session then lacks them; `session()` passes on the last.
 */
export interface FoldSink extends TimelineSink {
  interval?(interval: CrossingInterval): void;
}

/** Where a realm's rows are in the session's tables, by its own small numbers. */
export interface RealmRows {
  readonly index: RealmIndex;
  readonly row: Realm;
  readonly modules: Map<number, number>;
  readonly memories: Map<number, number>;
  readonly tree: RealmTree;
  readonly timeline: RealmTimeline;
}

/** The tables of a session: turns segments into rows with session-wide indices. */
export interface TableFold {
  /** The rows of a realm; made when the realm is first asked for. */
  realm(id: string, timeOrigin: number): RealmRows;
  add(realm: RealmRows, segment: Segment): void;
  /** Reports how many segments of a realm are missing before this one. */
  noteGap(realm: RealmRows, missing: number, next: Segment): void;
  tables(): Omit<Session, 'info' | 'origin' | 'duration'>;
}

export function createTableFold(sink: FoldSink): TableFold {
  const realms = new Map<string, RealmRows>();
  const modules = createModuleFold();
  const memories = createMemoryFold();
  const crossings = createCrossingFold(sink.interval);
  const timeline = createTimelineFold(sink);
  const gaps = createGapFold();

  function foldMemories(realm: RealmRows, segment: Segment, offset: number): void {
    for (const row of segment.memories ?? []) {
      const module = row.module === null ? null : (realm.modules.get(row.module) ?? null);
      const moved = rows.memoryRow.shift(row, offset);
      realm.memories.set(row.id, memories.add(segment.realm, moved, realm.index, module));
    }
  }

  /** Behind the nodes that they point to. */
  function foldGrowths(realm: RealmRows, segment: Segment, offset: number): void {
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

  return {
    realm(id, timeOrigin) {
      const before = realms.get(id);
      if (before) return before;
      const index = realms.size;
      const made: RealmRows = {
        index,
        row: newRealm(id, timeOrigin),
        modules: new Map(),
        memories: new Map(),
        tree: crossings.realm(index),
        timeline: emptyTimeline(),
      };
      realms.set(id, made);
      return made;
    },
    add(realm, segment) {
      const { offset } = realm.row;
      addFigures(realm.row, segment);
      for (const row of segment.modules ?? [])
        modules.add(rows.moduleRow.shift(row, offset), realm.index, realm.modules);
      foldMemories(realm, segment, offset);
      crossings.add(realm.tree, segment, offset, realm.modules);
      foldGrowths(realm, segment, offset);
      timeline.add(realm.timeline, segment, realm.index, offset);
      gaps.add(segment, realm.index);
    },
    noteGap({ index, row }, missing, next) {
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
    },
    tables: () => ({
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
    }),
  };
}

/** What a segment says about its realm. */
function addFigures(row: Realm, segment: Segment): void {
  if (segment.calibration) row.calibration = segment.calibration;
  for (const probe of segment.tierProbes ?? [])
    row.tierProbes.push(rows.tierProbeRow.shift(probe, row.offset));
  for (const part of rows.overheadRow.names) row.overhead[part] += segment.overhead?.[part] ?? 0;
}

/** A realm before its first segment, with the clock resolution of a page without isolation. */
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
