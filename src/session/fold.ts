import type { CrossingColumns, DroppedRow } from '../protocol/rows.ts';
import { featureNames } from './featureNames.ts';
import { createMemoryFold } from './foldMemories.ts';
import type {
  BoundaryFunction,
  CopyInterval,
  CrossingInterval,
  Growth,
  Module,
  NodeTable,
  Realm,
  Request,
  Series,
  Session,
  SessionInfo,
  Span,
  Unmeasured,
} from './model.ts';
import { callSums } from './model.ts';
import { createPostedModules } from './postedModules.ts';
import type { Segment } from './segment.ts';

/** Segments into tables, as they come. */
export interface Fold {
  add(segment: Segment): void;
  setInfo(info: SessionInfo): void;
  /** The tables so far; later segments do not change them. Cheap enough for once a second. */
  session(): Session;
}

/**
 * Takes rows instead of the session's tables, as they are folded: for readers who must not hold a long
 * recording's rows all at once. The session then lacks them. `session()` gives the last.
 */
export interface FoldSink {
  interval?(interval: CrossingInterval): void;
  span?(span: Span): void;
  points?(points: Series): void;
}

/** Where a realm's small numbers stand in the session's tables. */
interface RealmFold {
  index: number;
  nextSeq: number;
  /** Segments that came before the ones they follow. */
  waiting: Map<number, Segment>;
  modules: Map<number, number>;
  memories: Map<number, number>;
  requests: Map<number, number>;
  functions: number[];
  nodes: number[];
  series: Map<string, Series>;
}

/** More segments than this out of order: what is missing will not come any more. */
const PATIENCE = 64;

export function createFold(first: SessionInfo, sink: FoldSink = {}): Fold {
  let info = first;
  let origin: number | null = null;
  let duration = 0;
  /** Of workers and frames that were heard of before their page, from whose time origin on the session's times count. */
  const early: Segment[] = [];
  const realms: Realm[] = [];
  const folds = new Map<string, RealmFold>();
  const modules: Module[] = [];
  const posted = createPostedModules();
  const memories = createMemoryFold();
  const growths: Growth[] = [];
  const functions: BoundaryFunction[] = [];
  const nodes = createNodes();
  const intervals: CrossingInterval[] = [];
  const copies: CopyInterval[] = [];
  const requests: Request[] = [];
  const spans: Span[] = [];
  const series: Series[] = [];
  const unmeasured: Unmeasured[] = [];
  const dropped = new Map<DroppedRow['what'], number>();
  const takeInterval = sink.interval ?? ((row: CrossingInterval) => void intervals.push(row));
  const takeSpan = sink.span ?? ((row: Span) => void spans.push(row));

  function realmOf(segment: Segment): RealmFold {
    const known = folds.get(segment.realm);
    if (known) return known;
    const index = realms.length;
    const made: RealmFold = {
      index,
      nextSeq: 0,
      waiting: new Map(),
      modules: new Map(),
      memories: new Map(),
      requests: new Map(),
      functions: [],
      nodes: [nodes.add(-1, -1, index)],
      series: new Map(),
    };
    folds.set(segment.realm, made);
    realms.push({
      kind: 'page',
      url: '',
      name: '',
      timeOrigin: origin ?? info.started,
      crossOriginIsolated: false,
      clockResolution: 0.1,
      userAgent: '',
      hardwareConcurrency: 0,
      late: false,
      id: segment.realm,
      offset: 0,
      lastSeen: 0,
      overhead: { crossings: 0, hooks: 0, handover: 0 },
      costs: { clock: 0, clockError: 0, pair: 0, count: 0 },
      tiers: [],
      ended: false,
    });
    return made;
  }

  function add(segment: Segment): void {
    const isPage = segment.info?.kind === 'page';
    if (origin === null && !isPage && early.length < PATIENCE) {
      early.push(segment);
      return;
    }
    if (isPage) take(segment);
    takeEarly();
    if (!isPage) take(segment);
  }

  function takeEarly(): void {
    for (const segment of early.splice(0)) take(segment);
  }

  function take(segment: Segment): void {
    const realm = realmOf(segment);
    if (segment.seq < realm.nextSeq) return;
    realm.waiting.set(segment.seq, segment);
    takeWaiting(realm);
    if (realm.waiting.size > PATIENCE) skipGap(realm);
  }

  function takeWaiting(realm: RealmFold): void {
    for (
      let next = realm.waiting.get(realm.nextSeq);
      next;
      next = realm.waiting.get(realm.nextSeq)
    ) {
      realm.waiting.delete(realm.nextSeq++);
      fold(realm, next);
    }
  }

  /** Goes on behind what is missing, and says so. */
  function skipGap(realm: RealmFold): void {
    while (realm.waiting.size > 0) {
      const next = Math.min(...realm.waiting.keys());
      if (next > realm.nextSeq) {
        const segment = realm.waiting.get(next) as Segment;
        const { lastSeen, offset } = realms[realm.index] as Realm;
        const missing = next - realm.nextSeq;
        const end = segment.from + offset;
        takeSpan({
          realm: realm.index,
          kind: 'gap',
          name: `${missing} missing`,
          start: Math.min(lastSeen, end),
          duration: Math.max(0, end - lastSeen),
          value: missing,
          detail: 'chunks that never arrived',
        });
        dropped.set('chunks', (dropped.get('chunks') ?? 0) + missing);
        realm.nextSeq = next;
      }
      takeWaiting(realm);
    }
  }

  function fold(realm: RealmFold, segment: Segment): void {
    const row = realms[realm.index] as Realm;
    if (segment.info) {
      Object.assign(row, segment.info);
      origin ??= Math.max(segment.info.timeOrigin, info.mode === 'attach' ? info.started : 0);
      row.offset = segment.info.timeOrigin - origin;
    }
    const shift = (at: number): number => at + row.offset;
    const shiftOrNull = (at: number | null): number | null =>
      at === null ? null : at + row.offset;
    row.lastSeen = Math.max(row.lastSeen, shift(segment.to));
    duration = Math.max(duration, row.lastSeen);
    row.ended = segment.end !== undefined;

    for (const module of segment.modules ?? []) {
      const { id, same, ...rest } = module;
      const index = upsert(modules, realm.modules, id, {
        ...rest,
        realm: realm.index,
        same: null,
        features: rest.features && featureNames(rest.features),
        requestStart: shiftOrNull(rest.requestStart),
        responseStart: shiftOrNull(rest.responseStart),
        responseEnd: shiftOrNull(rest.responseEnd),
        compileStart: shiftOrNull(rest.compileStart),
        compileEnd: shiftOrNull(rest.compileEnd),
        instantiateStart: shiftOrNull(rest.instantiateStart),
        instantiateEnd: shiftOrNull(rest.instantiateEnd),
        firstCall: shiftOrNull(rest.firstCall),
      });
      posted.add(index, same);
    }
    for (const memory of segment.memories ?? []) {
      const module = memory.module === null ? null : (realm.modules.get(memory.module) ?? null);
      realm.memories.set(
        memory.id,
        memories.add(segment.realm, memory, realm.index, module, shift(memory.at)),
      );
    }
    for (const fn of segment.functions ?? []) {
      const { id, module, ...rest } = fn;
      realm.functions[id] = functions.length;
      functions.push({ ...rest, realm: realm.index, module: realm.modules.get(module) ?? -1 });
    }
    const columns = segment.nodes;
    columns?.parent.forEach((parent, at) => {
      const fn = realm.functions[columns.function[at] as number] ?? -1;
      realm.nodes[columns.first + at] = nodes.add(
        realm.nodes[parent] ?? (realm.nodes[0] as number),
        fn,
        realm.index,
      );
    });
    for (const growth of segment.growths ?? []) {
      const memory = realm.memories.get(growth.memory);
      if (memory === undefined) {
        // Its memory was in a segment that never came.
        dropped.set('growths', (dropped.get('growths') ?? 0) + 1);
        continue;
      }
      growths.push({
        ...growth,
        memory,
        at: shift(growth.at),
        node: growth.node === null ? null : (realm.nodes[growth.node] ?? null),
      });
    }
    if (segment.copies) {
      const { node, bytes } = segment.copies;
      const root = realm.nodes[0] as number;
      copies.push({
        realm: realm.index,
        from: shift(segment.from),
        to: shift(segment.to),
        node: Int32Array.from(node, (at) => realm.nodes[at] ?? root),
        bytes: Float64Array.from(bytes),
      });
    }
    if (segment.crossings)
      takeInterval(interval(realm, shift(segment.from), shift(segment.to), segment.crossings));
    for (const { id, ...request } of segment.requests ?? []) {
      const moved: Request = {
        ...request,
        realm: realm.index,
        startTime: shift(request.startTime),
      };
      for (const phase of REQUEST_TIMES) moved[phase] = shiftOrNull(request[phase]);
      if (request.stream) {
        moved.stream = {
          ...request.stream,
          firstChunk: shift(request.stream.firstChunk),
          lastChunk: shift(request.stream.lastChunk),
        };
      }
      upsert(requests, realm.requests, id, moved);
    }
    for (const span of segment.spans ?? [])
      takeSpan({ ...span, realm: realm.index, start: shift(span.start) });
    for (const { name, at, value } of segment.series ?? []) {
      if (sink.points) {
        sink.points({ realm: realm.index, name, at: at.map(shift), value });
        continue;
      }
      let line = realm.series.get(name);
      if (!line) {
        line = { realm: realm.index, name, at: [], value: [] };
        realm.series.set(name, line);
        series.push(line);
      }
      for (let point = 0; point < at.length; point++) {
        line.at.push(shift(at[point] as number));
        line.value.push(value[point] as number);
      }
    }
    for (const { what, reason, count } of segment.unmeasured ?? []) {
      const same = unmeasured.find(
        (known) => known.realm === realm.index && known.what === what && known.reason === reason,
      );
      if (same) same.count += count;
      else unmeasured.push({ realm: realm.index, what, reason, count });
    }
    for (const { what, count } of segment.dropped ?? [])
      dropped.set(what, (dropped.get(what) ?? 0) + count);
    if (segment.costs) row.costs = segment.costs;
    for (const tier of segment.tiers ?? []) row.tiers.push({ ...tier, at: shift(tier.at) });
    if (segment.overhead) {
      row.overhead = {
        crossings: row.overhead.crossings + segment.overhead.crossings,
        hooks: row.overhead.hooks + segment.overhead.hooks,
        handover: row.overhead.handover + segment.overhead.handover,
      };
    }
  }

  function interval(
    realm: RealmFold,
    from: number,
    to: number,
    columns: CrossingColumns,
  ): CrossingInterval {
    const root = realm.nodes[0] as number;
    return {
      realm: realm.index,
      from,
      to,
      node: Int32Array.from(columns.node, (node) => realm.nodes[node] ?? root),
      ...callSums((name) => Float64Array.from(columns[name])),
    };
  }

  return {
    add,
    setInfo(next) {
      info = next;
    },
    session() {
      if (info.state !== 'recording') {
        takeEarly();
        for (const realm of folds.values()) skipGap(realm);
      }
      return {
        info,
        origin: origin ?? info.started,
        duration,
        realms: realms.map((row) => ({ ...row, tiers: [...row.tiers] })),
        modules: posted.joined(modules, (realm, id) => folds.get(realm)?.modules.get(id)),
        memories: memories.table(),
        growths: memories.grown(growths),
        functions: [...functions],
        nodes: nodes.table(),
        intervals: intervals.toSorted((a, b) => a.from - b.from),
        copies: [...copies],
        requests: [...requests],
        spans: [...spans],
        series: series.map((line) => ({ ...line, at: [...line.at], value: [...line.value] })),
        unmeasured: unmeasured.map((row) => ({ ...row })),
        dropped: [...dropped].map(([what, count]) => ({ what, count })),
      };
    },
  };
}

const REQUEST_TIMES = [
  'redirectStart',
  'redirectEnd',
  'fetchStart',
  'domainLookupStart',
  'domainLookupEnd',
  'connectStart',
  'secureConnectionStart',
  'connectEnd',
  'requestStart',
  'responseStart',
  'responseEnd',
  'headersAt',
] as const;

/** @returns where the row stands */
function upsert<Row>(rows: Row[], places: Map<number, number>, id: number, row: Row): number {
  const place = places.get(id) ?? rows.length;
  places.set(id, place);
  rows[place] = row;
  return place;
}

/** The node table in columns that grow by doubling. */
function createNodes(): {
  add(parent: number, fn: number, realm: number): number;
  table(): NodeTable;
} {
  let length = 0;
  let columns = {
    parent: new Int32Array(1024),
    function: new Int32Array(1024),
    realm: new Int32Array(1024),
  };
  return {
    add(parent, fn, realm) {
      if (length === columns.parent.length) {
        const larger = {
          parent: new Int32Array(2 * length),
          function: new Int32Array(2 * length),
          realm: new Int32Array(2 * length),
        };
        larger.parent.set(columns.parent);
        larger.function.set(columns.function);
        larger.realm.set(columns.realm);
        columns = larger;
      }
      columns.parent[length] = parent;
      columns.function[length] = fn;
      columns.realm[length] = realm;
      return length++;
    },
    table: () => ({
      length,
      parent: columns.parent.subarray(0, length),
      function: columns.function.subarray(0, length),
      realm: columns.realm.subarray(0, length),
    }),
  };
}
