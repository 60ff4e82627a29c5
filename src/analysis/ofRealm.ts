import type {
  FunctionIndex,
  ModuleIndex,
  NodeIndex,
  NodeTable,
  RealmIndex,
  Session,
} from '../session/model.ts';
import { perSession } from '../session/perSession.ts';

const realmSessions = perSession(() => new Map<RealmIndex, Session>());

/**
 * A session as if only one of its realms had been recorded: the same times with the same meaning,
 * and its own indices. What belongs to no realm (dropped rows, the conditions) stays. The same
 * session and realm always give the same object.
 * @param realm null: all realms, the session itself
 */
export function ofRealm(session: Session, realm: RealmIndex | null): Session {
  if (realm === null) return session;
  const sessions = realmSessions(session);
  const result = sessions.get(realm) ?? extractRealm(session, realm);
  sessions.set(realm, result);
  return result;
}

/** The rows that are kept. */
interface Kept<Row> {
  rows: Row[];
  /** The new index of each old row; −1: it is not kept. */
  newIndex: Int32Array;
}

function keepRows<Row>(rows: readonly Row[], isKept: (row: Row) => boolean): Kept<Row> {
  const newIndex = new Int32Array(rows.length).fill(-1);
  const kept: Row[] = [];
  for (const [index, row] of rows.entries()) {
    if (isKept(row)) newIndex[index] = kept.push(row) - 1;
  }
  return { rows: kept, newIndex };
}

function extractRealm(session: Session, realm: RealmIndex): Session {
  const isHere = (row: { realm: RealmIndex }): boolean => row.realm === realm;
  const renumber = <Row extends { realm: RealmIndex }>(rows: readonly Row[]): Row[] =>
    rows.filter(isHere).map((row) => ({ ...row, realm: 0 }));
  const modules = keepRows(session.modules, isHere);
  const functions = keepRows(session.functions, isHere);
  const memories = keepRows(
    session.memories,
    (row) => isHere(row) || row.sharedWith.includes(realm),
  );
  const nodes = keepNodes(session.nodes, realm, functions.newIndex);
  const moduleIndex = (module: ModuleIndex | null): ModuleIndex | null =>
    indexOrNull(modules.newIndex, module);
  const nodeIndex = (node: NodeIndex): NodeIndex => nodes.newIndex[node] ?? -1;
  return {
    ...session,
    realms: session.realms.slice(realm, realm + 1),
    modules: renumber(modules.rows).map((row) => ({ ...row, origin: null })),
    functions: renumber(functions.rows).map((row) => ({
      ...row,
      module: modules.newIndex[row.module] ?? -1,
    })),
    memories: memories.rows.map((row) => ({
      ...row,
      realm: 0,
      module: moduleIndex(row.module),
      sharedWith: [],
    })),
    growths: session.growths
      .map((row) => ({
        ...row,
        memory: memories.newIndex[row.memory] ?? -1,
        node: indexOrNull(nodes.newIndex, row.node),
      }))
      .filter(({ memory }) => memory >= 0),
    nodes: nodes.table,
    intervals: renumber(session.intervals).map((interval) => ({
      ...interval,
      node: interval.node.map(nodeIndex),
    })),
    copies: renumber(session.copies).map((copies) => ({
      ...copies,
      node: copies.node.map(nodeIndex),
    })),
    requests: renumber(session.requests),
    spans: renumber(session.spans),
    series: renumber(session.series),
    unmeasured: renumber(session.unmeasured),
  };
}

function indexOrNull(newIndex: Int32Array, index: number | null): number | null {
  const moved = index === null ? -1 : (newIndex[index] ?? -1);
  return moved < 0 ? null : moved;
}

function keepNodes(
  nodes: NodeTable,
  realm: RealmIndex,
  newFunction: Int32Array,
): { table: NodeTable; newIndex: Int32Array } {
  const newIndex = new Int32Array(nodes.length).fill(-1);
  const kept: NodeIndex[] = [];
  for (let node = 0; node < nodes.length; node++) {
    if (nodes.realm[node] === realm) newIndex[node] = kept.push(node) - 1;
  }
  const column = (entryOf: (node: NodeIndex) => number): Int32Array =>
    Int32Array.from(kept, entryOf);
  const functionOf = (node: NodeIndex): FunctionIndex => nodes.function[node] ?? -1;
  return {
    newIndex,
    table: {
      length: kept.length,
      parent: column((node) => newIndex[nodes.parent[node] ?? -1] ?? -1),
      function: column((node) => newFunction[functionOf(node)] ?? -1),
      realm: new Int32Array(kept.length),
    },
  };
}
