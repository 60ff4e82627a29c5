import type {
  CrossingInterval,
  FunctionIndex,
  MemoryIndex,
  ModuleIndex,
  NodeIndex,
  Realm,
  RealmIndex,
  Session,
} from '../session/model.ts';
import { shortUrl } from './shortUrl.ts';

// Sessions by realm: pages, frames, workers.

const KINDS = {
  page: 'Page',
  frame: 'Frame',
  worker: 'Worker',
  sharedworker: 'Shared worker',
  serviceworker: 'Service worker',
} as const;

/** A worker's script may be all in its URL. */
const scriptName = (url: string): string =>
  /^[a-z]+:\/\//i.test(url) ? shortUrl(url) : url.slice(0, 40);

/** Realms as lists call them, told apart by a number where names are alike: `Worker pthread-3`, `Frame editor.html 2`. */
export function realmNames({ realms }: Session): string[] {
  const names = realms.map(({ kind, name, url }) =>
    `${KINDS[kind]} ${name || scriptName(url)}`.trim(),
  );
  const total = new Map<string, number>();
  for (const name of names) total.set(name, (total.get(name) ?? 0) + 1);
  const seen = new Map<string, number>();
  return names.map((name) => {
    if ((total.get(name) ?? 0) < 2) return name;
    const number = (seen.get(name) ?? 0) + 1;
    seen.set(name, number);
    return `${name} ${number}`;
  });
}

/** One realm's part of a session over time. */
export interface RealmLane {
  realm: RealmIndex;
  name: string;
  /** When it began and was last heard of, ms since the session's origin. */
  from: number;
  to: number;
  calls: number;
  /** Its crossings a second, a stretch each. */
  stretches: { from: number; to: number; rate: number }[];
}

/** All realms in the order in which they began. */
export function realmLanes(session: Session): RealmLane[] {
  const names = realmNames(session);
  const lanes = session.realms.map(
    ({ offset, lastSeen }, realm): RealmLane => ({
      realm,
      name: names[realm] as string,
      from: Math.max(offset, 0),
      to: Math.max(lastSeen, offset, 0),
      calls: 0,
      stretches: [],
    }),
  );
  for (const { realm, from, to, calls } of session.intervals) {
    const lane = lanes[realm];
    const made = calls.reduce((sum, count) => sum + count, 0);
    if (!lane || made === 0) continue;
    lane.calls += made;
    lane.stretches.push({ from, to, rate: to > from ? (made / (to - from)) * 1000 : 0 });
  }
  return lanes.sort((a, b) => a.from - b.from);
}

const narrowed = new WeakMap<Session, Map<RealmIndex, Session>>();

/**
 * A session as if only one of its realms had been recorded: same times, same meaning, indices of its own. What belongs
 * to no realm (what was dropped, the conditions) stays. The same object for the same session and realm.
 * @param realm null: all, the session itself
 */
export function ofRealm(session: Session, realm: RealmIndex | null): Session {
  if (realm === null) return session;
  const made = narrowed.get(session) ?? new Map<RealmIndex, Session>();
  narrowed.set(session, made);
  const known = made.get(realm) ?? narrow(session, realm);
  made.set(realm, known);
  return known;
}

/** Rows that are kept, and where each of the old ones is now; −1: it is not. */
function keep<Row>(
  rows: readonly Row[],
  kept: (row: Row) => boolean,
): { rows: Row[]; place: Int32Array } {
  const place = new Int32Array(rows.length).fill(-1);
  const left: Row[] = [];
  rows.forEach((row, at) => {
    if (kept(row)) place[at] = left.push(row) - 1;
  });
  return { rows: left, place };
}

function narrow(session: Session, realm: RealmIndex): Session {
  const here = (row: { realm: RealmIndex }): boolean => row.realm === realm;
  const renumber = <Row extends { realm: RealmIndex }>(rows: readonly Row[]): Row[] =>
    rows.filter(here).map((row) => ({ ...row, realm: 0 }));
  const modules = keep(session.modules, here);
  const functions = keep(session.functions, here);
  const memories = keep(session.memories, (row) => here(row) || row.sharedWith.includes(realm));
  const nodes = keepNodes(session, realm, functions.place);
  const moduleAt = (module: ModuleIndex | null): ModuleIndex | null => {
    const place = module === null ? -1 : (modules.place[module] as ModuleIndex);
    return place < 0 ? null : place;
  };
  const nodeAt = (node: NodeIndex): NodeIndex => nodes.place[node] as number;
  return {
    ...session,
    realms: [session.realms[realm] as Realm],
    modules: modules.rows.map((row) => ({ ...row, realm: 0, same: null })),
    functions: functions.rows.map((row) => ({
      ...row,
      realm: 0,
      module: modules.place[row.module] as ModuleIndex,
    })),
    memories: memories.rows.map((row) => ({
      ...row,
      realm: 0,
      module: moduleAt(row.module),
      sharedWith: [],
    })),
    growths: session.growths
      .filter(({ memory }) => (memories.place[memory] ?? -1) >= 0)
      .map((row) => {
        const node = row.node === null ? -1 : nodeAt(row.node);
        return {
          ...row,
          memory: memories.place[row.memory] as MemoryIndex,
          node: node < 0 ? null : node,
        };
      }),
    nodes: nodes.table,
    intervals: session.intervals.filter(here).map(
      (interval): CrossingInterval => ({
        ...interval,
        realm: 0,
        node: interval.node.map(nodeAt),
      }),
    ),
    copies: session.copies
      .filter(here)
      .map((copies) => ({ ...copies, realm: 0, node: copies.node.map(nodeAt) })),
    requests: renumber(session.requests),
    spans: renumber(session.spans),
    series: renumber(session.series),
    unmeasured: renumber(session.unmeasured),
  };
}

function keepNodes(
  { nodes }: Session,
  realm: RealmIndex,
  functionAt: Int32Array,
): { table: Session['nodes']; place: Int32Array } {
  const place = new Int32Array(nodes.length).fill(-1);
  const kept: number[] = [];
  for (let node = 0; node < nodes.length; node++) {
    if (nodes.realm[node] === realm) place[node] = kept.push(node) - 1;
  }
  const column = (of: (node: number) => number): Int32Array => Int32Array.from(kept, of);
  return {
    place,
    table: {
      length: kept.length,
      parent: column((node) => place[nodes.parent[node] as number] ?? -1),
      function: column((node) => functionAt[nodes.function[node] as FunctionIndex] ?? -1),
      realm: new Int32Array(kept.length),
    },
  };
}
