import type { FunctionIndex, NodeIndex, Session, TimeRange } from '../session/model.ts';
import type { Estimate } from '../statistics/estimate.ts';
import type { TreeFigures } from './treeFigures.ts';
import { treeFigures } from './treeFigures.ts';
import { walkTree } from './walkTree.ts';

/** One neighbour of a function in the crossing tree; −1: script outside any crossing. */
export interface NeighbourRow {
  function: FunctionIndex | -1;
  calls: number;
  /** ms */
  total: Estimate;
}

/** A neighbour's sums while the tree is walked. */
interface NeighbourSums {
  calls: number;
  time: number;
  variance: number;
  /** How many of its calls the walk is within. */
  depth: number;
}

/**
 * The functions that call a function across the boundary, and those that it calls, most time
 * first. When two functions call each other recursively, only the outermost calls count in the
 * total.
 */
export function callersAndCallees(
  session: Session,
  fn: FunctionIndex,
  range?: TimeRange | null,
  figures: TreeFigures = treeFigures(session, range),
): { callers: NeighbourRow[]; callees: NeighbourRow[] } {
  const { nodes } = session;
  const callers = new Map<FunctionIndex, NeighbourSums>();
  const callees = new Map<FunctionIndex, NeighbourSums>();
  const enter = (sums: NeighbourSums, node: NodeIndex): void => {
    sums.calls += figures.calls[node] ?? 0;
    sums.depth++;
    if (sums.depth > 1) return;
    sums.time += figures.total[node] ?? 0;
    sums.variance += figures.totalVariance[node] ?? 0;
  };
  const leave = (sums: NeighbourSums): void => {
    sums.depth--;
  };
  const visit = (node: NodeIndex, act: typeof enter): void => {
    const parent = nodes.parent[node] ?? -1;
    if (parent < 0 || figures.calls[node] === 0) return;
    const callee = nodes.function[node] ?? -1;
    const caller = nodes.function[parent] ?? -1;
    if (callee === fn) act(sumsOf(callers, caller), node);
    if (caller === fn) act(sumsOf(callees, callee), node);
  };
  walkTree(
    nodes,
    (node) => visit(node, enter),
    (node) => visit(node, leave),
  );
  return { callers: rowsOf(callers), callees: rowsOf(callees) };
}

function sumsOf(neighbours: Map<FunctionIndex, NeighbourSums>, fn: FunctionIndex): NeighbourSums {
  const sums = neighbours.get(fn) ?? { calls: 0, time: 0, variance: 0, depth: 0 };
  neighbours.set(fn, sums);
  return sums;
}

const rowsOf = (neighbours: Map<FunctionIndex, NeighbourSums>): NeighbourRow[] =>
  [...neighbours]
    .map(([fn, { calls, time, variance }]) => ({
      function: fn,
      calls,
      total: { value: time, error: Math.sqrt(variance) },
    }))
    .sort((a, b) => b.total.value - a.total.value);
