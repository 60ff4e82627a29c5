import type { FunctionIndex, NodeTable, Session, TimeRange } from '../session/model.ts';
import type { Estimate } from './estimate.ts';
import { treeFigures } from './tree.ts';
import type { TreeFigures } from './tree.ts';

/** One boundary function over a range. */
export interface CrossingRow {
  function: FunctionIndex;
  calls: number;
  callsPerSecond: number;
  /** ms */
  self: Estimate;
  /** ms; of recursive calls only the outermost */
  total: Estimate;
  /** ns, of total time */
  perCall: Estimate;
  /** Self time over the range's length, 0 to 1. */
  share: number;
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

/** All boundary functions in their order in the session, those without a call too. */
export function crossingTable(session: Session, range?: TimeRange | null, figures: TreeFigures = treeFigures(session, range)): CrossingRow[] {
  const { nodes, functions } = session;
  const calls = new Float64Array(functions.length);
  const [self, selfVariance] = [new Float64Array(functions.length), new Float64Array(functions.length)];
  const [total, totalVariance] = [new Float64Array(functions.length), new Float64Array(functions.length)];
  const nested = recursion(nodes);
  const add = (column: Float64Array, at: number, value: number): void => {
    column[at] = (column[at] as number) + value;
  };
  for (let node = 0; node < nodes.length; node++) {
    const fn = nodes.function[node] as number;
    if (fn < 0) continue;
    add(calls, fn, figures.calls[node] as number);
    add(self, fn, figures.self[node] as number);
    add(selfVariance, fn, figures.selfVariance[node] as number);
    if (nested[node] === 1) continue;
    add(total, fn, figures.total[node] as number);
    add(totalVariance, fn, figures.totalVariance[node] as number);
  }
  const length = rangeLength(session, range);
  return functions.map((_, fn) => {
    const count = calls[fn] as number;
    const time = total[fn] as number;
    const error = Math.sqrt(totalVariance[fn] as number);
    return {
      function: fn,
      calls: count,
      callsPerSecond: length > 0 ? (count / length) * 1000 : 0,
      self: { value: self[fn] as number, error: Math.sqrt(selfVariance[fn] as number) },
      total: { value: time, error },
      perCall: count > 0 ? { value: (time / count) * 1e6, error: (error / count) * 1e6 } : { value: 0, error: 0 },
      share: length > 0 ? (self[fn] as number) / length : 0,
    };
  });
}

const recursions = new WeakMap<NodeTable, Uint8Array>();

/** 1 for nodes that have their own function among their ancestors. */
function recursion(nodes: NodeTable): Uint8Array {
  const known = recursions.get(nodes);
  if (known) return known;
  const nested = new Uint8Array(nodes.length);
  for (let node = 0; node < nodes.length; node++) {
    const fn = nodes.function[node];
    for (let above = nodes.parent[node] as number; above >= 0; above = nodes.parent[above] as number) {
      if (nodes.function[above] !== fn) continue;
      nested[node] = 1;
      break;
    }
  }
  recursions.set(nodes, nested);
  return nested;
}

/** Who calls a function across the border, and whom it calls, most time first. */
export function callersAndCallees(
  session: Session,
  fn: FunctionIndex,
  range?: TimeRange | null,
  figures: TreeFigures = treeFigures(session, range),
): { callers: NeighbourRow[]; callees: NeighbourRow[] } {
  const { nodes } = session;
  const callers = new Map<number, NeighbourRow & { variance: number }>();
  const callees = new Map<number, NeighbourRow & { variance: number }>();
  const add = (rows: typeof callers, other: number, node: number): void => {
    const row = rows.get(other) ?? { function: other, calls: 0, total: { value: 0, error: 0 }, variance: 0 };
    row.calls += figures.calls[node] as number;
    row.total.value += figures.total[node] as number;
    row.variance += figures.totalVariance[node] as number;
    rows.set(other, row);
  };
  for (let node = 0; node < nodes.length; node++) {
    const parent = nodes.parent[node] as number;
    if (parent < 0 || figures.calls[node] === 0) continue;
    if (nodes.function[node] === fn) add(callers, nodes.function[parent] as number, node);
    if (nodes.function[parent] === fn) add(callees, nodes.function[node] as number, node);
  }
  const sorted = (rows: typeof callers): NeighbourRow[] =>
    [...rows.values()]
      .map(({ variance, ...row }) => ({ ...row, total: { value: row.total.value, error: Math.sqrt(variance) } }))
      .sort((a, b) => b.total.value - a.total.value);
  return { callers: sorted(callers), callees: sorted(callees) };
}

/** How a function is called in lists: `rapier.wasm · world_step`. */
export function functionLabel(session: Session, fn: FunctionIndex | -1): string {
  const row = session.functions[fn];
  return row ? row.name : 'JavaScript';
}
