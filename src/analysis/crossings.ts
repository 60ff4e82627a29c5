import type { FunctionIndex, NodeIndex, NodeTable, Session, TimeRange } from '../session/model.ts';
import type { Estimate } from './estimate.ts';
import type { TreeFigures } from './tree.ts';
import { inRange, treeFigures } from './tree.ts';
import { walkTree } from './walk.ts';

/** One boundary function over a range. */
export interface CrossingRow {
  function: FunctionIndex;
  calls: number;
  callsPerSecond: number;
  /** ms */
  self: Estimate;
  /** ms; of recursive calls only the outermost */
  total: Estimate;
  /** ns, mean duration of a call with all that happened within; of recursive calls all count */
  perCall: Estimate;
  /** Self time over the range's length, 0 to 1. */
  share: number;
  /** Bytes that script copied out of and into wasm memories while it was the innermost crossing. */
  copied: number;
}

/** One neighbour of a function in the crossing tree; -1: the top level, outside any crossing. */
export interface NeighbourRow {
  function: FunctionIndex | -1;
  calls: number;
  /** ms */
  total: Estimate;
}

export const rangeLength = (session: Session, range?: TimeRange | null): number =>
  range ? Math.max(range.to - range.from, 0) : session.duration;

/**
 * All boundary functions in their order in the session, those without a call too. Self time is
 * summed before it is held at 0 or more, so that what one node's estimate falls short makes up for
 * another's excess.
 */
export function crossingTable(
  session: Session,
  range?: TimeRange | null,
  figures: TreeFigures = treeFigures(session, range),
): CrossingRow[] {
  const { nodes, functions } = session;
  const zeros = (): Float64Array => new Float64Array(functions.length);
  const calls = zeros();
  const [self, selfVariance] = [zeros(), zeros()];
  const [total, totalVariance] = [zeros(), zeros()];
  const [all, allVariance] = [zeros(), zeros()];
  const nested = recursion(session);
  const add = (column: Float64Array, at: number, value: number): void => {
    column[at] = (column[at] as number) + value;
  };
  for (let node = 0; node < nodes.length; node++) {
    const fn = nodes.function[node] as number;
    const [time, variance] = [figures.total[node] as number, figures.totalVariance[node] as number];
    const caller = nodes.function[nodes.parent[node] as number] ?? -1;
    if (caller >= 0 && figures.calls[nodes.parent[node] as number] !== 0) {
      add(self, caller, -time);
      add(selfVariance, caller, variance);
    }
    if (fn < 0 || figures.calls[node] === 0) continue;
    add(calls, fn, figures.calls[node] as number);
    add(self, fn, time);
    add(selfVariance, fn, variance);
    add(all, fn, time);
    add(allVariance, fn, variance);
    if (nested[node] === 1) continue;
    add(total, fn, time);
    add(totalVariance, fn, variance);
  }
  const copied = copiedBytes(session, range);
  const length = rangeLength(session, range);
  return functions.map((_, fn) => {
    const count = calls[fn] as number;
    const own = Math.max(self[fn] as number, 0);
    return {
      function: fn,
      calls: count,
      callsPerSecond: length > 0 ? (count / length) * 1000 : 0,
      self: { value: own, error: Math.sqrt(selfVariance[fn] as number) },
      total: { value: total[fn] as number, error: Math.sqrt(totalVariance[fn] as number) },
      perCall:
        count > 0
          ? inNanoseconds(all[fn] as number, allVariance[fn] as number, count)
          : { value: 0, error: 0 },
      share: length > 0 ? own / length : 0,
      copied: copied[fn] as number,
    };
  });
}

/** Bytes copied during each function's own crossings, by function; last those outside any. */
export function copiedBytes(
  { copies, functions, nodes }: Session,
  range?: TimeRange | null,
): Float64Array {
  const bytes = new Float64Array(functions.length + 1);
  for (const interval of copies) {
    if (!inRange(interval.from, interval.to, range)) continue;
    interval.node.forEach((node, at) => {
      const fn = nodes.function[node] ?? -1;
      const place = fn < 0 ? functions.length : fn;
      bytes[place] = (bytes[place] as number) + (interval.bytes[at] as number);
    });
  }
  return bytes;
}

const inNanoseconds = (ms: number, variance: number, calls: number): Estimate => ({
  value: (ms / calls) * 1e6,
  error: (Math.sqrt(variance) / calls) * 1e6,
});

const recursions = new WeakMap<NodeTable, Uint8Array>();

/** 1 for nodes that have their own function among their ancestors. */
function recursion({ nodes, functions }: Session): Uint8Array {
  const known = recursions.get(nodes);
  if (known) return known;
  const nested = new Uint8Array(nodes.length);
  const onPath = new Int32Array(functions.length);
  const move = (node: NodeIndex, by: 1 | -1): void => {
    const fn = nodes.function[node] as number;
    if (fn < 0) return;
    if (by === 1 && (onPath[fn] as number) > 0) nested[node] = 1;
    onPath[fn] = (onPath[fn] as number) + by;
  };
  walkTree(
    nodes,
    (node) => move(node, 1),
    (node) => move(node, -1),
  );
  recursions.set(nodes, nested);
  return nested;
}

/** A neighbour as it is being added up. */
interface Neighbour {
  calls: number;
  time: number;
  variance: number;
  /** How many such calls the walk is within. */
  depth: number;
}

/**
 * Who calls a function across the border, and whom it calls, most time first. Of recursive calls
 * between the same two, the outermost count in the total.
 */
export function callersAndCallees(
  session: Session,
  fn: FunctionIndex,
  range?: TimeRange | null,
  figures: TreeFigures = treeFigures(session, range),
): { callers: NeighbourRow[]; callees: NeighbourRow[] } {
  const { nodes } = session;
  const callers = new Map<number, Neighbour>();
  const callees = new Map<number, Neighbour>();
  const of = (rows: typeof callers, other: number): Neighbour => {
    const row = rows.get(other) ?? { calls: 0, time: 0, variance: 0, depth: 0 };
    rows.set(other, row);
    return row;
  };
  const enter = (row: Neighbour, node: NodeIndex): void => {
    row.calls += figures.calls[node] as number;
    if (row.depth++ > 0) return;
    row.time += figures.total[node] as number;
    row.variance += figures.totalVariance[node] as number;
  };
  const visit = (node: NodeIndex, act: (row: Neighbour, node: NodeIndex) => void): void => {
    const parent = nodes.parent[node] as number;
    if (parent < 0 || figures.calls[node] === 0) return;
    if (nodes.function[node] === fn) act(of(callers, nodes.function[parent] as number), node);
    if (nodes.function[parent] === fn) act(of(callees, nodes.function[node] as number), node);
  };
  walkTree(
    nodes,
    (node) => visit(node, enter),
    (node) => visit(node, (row) => void row.depth--),
  );
  const sorted = (rows: typeof callers): NeighbourRow[] =>
    [...rows]
      .map(([other, { calls, time, variance }]) => {
        const total = { value: time, error: Math.sqrt(variance) };
        return { function: other, calls, total };
      })
      .sort((a, b) => b.total.value - a.total.value);
  return { callers: sorted(callers), callees: sorted(callees) };
}

/** How a function is called in lists: `rapier.wasm · world_step`. */
export function functionLabel(session: Session, fn: FunctionIndex | -1): string {
  const row = session.functions[fn];
  return row ? row.name : 'JavaScript';
}
