import type { FunctionIndex, NodeIndex, Session, TimeRange } from '../session/model.ts';
import { perSession } from '../session/perSession.ts';
import type { Estimate } from '../statistics/estimate.ts';
import { addTo } from './addTo.ts';
import { copiedBytes } from './copiedBytes.ts';
import type { TreeFigures } from './treeFigures.ts';
import { treeFigures } from './treeFigures.ts';
import { walkTree } from './walkTree.ts';

/** One boundary function over a range. */
export interface CrossingRow {
  function: FunctionIndex;
  calls: number;
  callsPerSecond: number;
  /** ms */
  self: Estimate;
  /** ms; of recursive calls only the outermost */
  total: Estimate;
  /** ns, the mean duration of a call with all that it called; recursive calls all count */
  perCall: Estimate;
  /** Self time over the range's length, 0 to 1. */
  share: number;
  /** Bytes that script copied out of and into wasm memories while it was the innermost crossing. */
  copied: number;
}

/** The length of a range, or of the whole session, ms. */
const rangeLength = (session: Session, range?: TimeRange | null): number =>
  range ? Math.max(range.to - range.from, 0) : session.duration;

/**
 * All boundary functions in the session's order, also those without a call. A function's self time
 * is summed over its nodes before it is limited to 0 or more, so that one node's estimate that is
 * too low makes up for another's that is too high.
 */
export function crossingTable(
  session: Session,
  range?: TimeRange | null,
  figures: TreeFigures = treeFigures(session, range),
): CrossingRow[] {
  const sums = sumByFunction(session, figures);
  const copied = copiedBytes(session, range);
  const length = rangeLength(session, range);
  const estimate = (name: 'self' | 'total' | 'inclusive', fn: number): Estimate => ({
    value: sums[name][fn] ?? 0,
    error: Math.sqrt(sums[`${name}Variance`][fn] ?? 0),
  });
  return session.functions.map((_, fn) => {
    const calls = sums.calls[fn] ?? 0;
    const self = estimate('self', fn);
    self.value = Math.max(self.value, 0);
    return {
      function: fn,
      calls,
      callsPerSecond: length > 0 ? (calls / length) * 1000 : 0,
      self,
      total: estimate('total', fn),
      perCall: perCall(estimate('inclusive', fn), calls),
      share: length > 0 ? self.value / length : 0,
      copied: copied[fn] ?? 0,
    };
  });
}

/** Figures of all boundary functions; index = FunctionIndex, times in ms, variances in ms². */
interface FunctionSums {
  calls: Float64Array;
  self: Float64Array;
  selfVariance: Float64Array;
  /** Of recursive calls only the outermost. */
  total: Float64Array;
  totalVariance: Float64Array;
  /** Of all calls, also the recursive ones. */
  inclusive: Float64Array;
  inclusiveVariance: Float64Array;
}

function sumByFunction(session: Session, figures: TreeFigures): FunctionSums {
  const { nodes, functions } = session;
  const zeros = (): Float64Array => new Float64Array(functions.length);
  const sums: FunctionSums = {
    calls: zeros(),
    self: zeros(),
    selfVariance: zeros(),
    total: zeros(),
    totalVariance: zeros(),
    inclusive: zeros(),
    inclusiveVariance: zeros(),
  };
  const recursive = recursiveNodes(session);
  for (let node = 0; node < nodes.length; node++) {
    const fn = nodes.function[node] ?? -1;
    const parent = nodes.parent[node] ?? -1;
    const calls = figures.calls[node] ?? 0;
    const time = figures.total[node] ?? 0;
    const variance = figures.totalVariance[node] ?? 0;
    const caller = nodes.function[parent] ?? -1;
    if (caller >= 0 && figures.calls[parent] !== 0) {
      addTo(sums.self, caller, -time);
      addTo(sums.selfVariance, caller, variance);
    }
    if (fn < 0 || calls === 0) continue;
    addTo(sums.calls, fn, calls);
    addTo(sums.self, fn, time);
    addTo(sums.selfVariance, fn, variance);
    addTo(sums.inclusive, fn, time);
    addTo(sums.inclusiveVariance, fn, variance);
    if (recursive[node] === 1) continue;
    addTo(sums.total, fn, time);
    addTo(sums.totalVariance, fn, variance);
  }
  return sums;
}

/** The mean of so many calls in ns, from their time in ms. */
const perCall = ({ value, error }: Estimate, calls: number): Estimate =>
  calls > 0
    ? { value: (value / calls) * 1e6, error: (error / calls) * 1e6 }
    : { value: 0, error: 0 };

/** 1 for each node that has its own function among its ancestors. */
const recursiveNodes = perSession(({ nodes, functions }) => {
  const recursive = new Uint8Array(nodes.length);
  /** How often each function is on the path from the root to the current node. */
  const onPath = new Int32Array(functions.length);
  const functionOf = (node: NodeIndex): FunctionIndex => nodes.function[node] ?? -1;
  walkTree(
    nodes,
    (node) => {
      const fn = functionOf(node);
      const depth = onPath[fn] ?? 0;
      if (depth > 0) recursive[node] = 1;
      if (fn >= 0) onPath[fn] = depth + 1;
    },
    (node) => {
      const fn = functionOf(node);
      if (fn >= 0) onPath[fn] = (onPath[fn] ?? 0) - 1;
    },
  );
  return recursive;
});
