import type { CrossingInterval } from '../session/model.ts';
import { CALL_SUMS, callSums } from '../session/model.ts';
import type { KeptNodes } from './keepNodes.ts';
import { sevenDigits } from './sevenDigits.ts';

type CallSum = (typeof CALL_SUMS)[number];

const CALLS = CALL_SUMS.indexOf('calls');
const CERTAIN_CALLS = CALL_SUMS.indexOf('certainCalls');

/** A crossing interval with plain columns. */
export type SmallInterval = { realm: number; from: number; to: number } & {
  [Column in 'node' | CallSum]: number[];
};

/** Merges neighbouring intervals until few enough rows are left. */
export function mergeIntervals(
  intervals: readonly CrossingInterval[],
  kept: KeptNodes,
  mostRows: number,
): SmallInterval[] {
  let length = 1;
  for (;;) {
    const merged = mergeGroups(intervals, kept, length);
    const rows = merged.reduce((sum, { node }) => sum + node.length, 0);
    if (rows <= mostRows || length > intervals.length) return merged;
    length *= Math.max(2, Math.ceil(rows / mostRows / 2));
  }
}

/** Intervals of one realm that become one. */
interface Group {
  realm: number;
  from: number;
  to: number;
  size: number;
  /** Of each node, in the order of CALL_SUMS. */
  rows: Map<number, Float64Array>;
}

/** @param length how many intervals of a realm become one */
function mergeGroups(
  intervals: readonly CrossingInterval[],
  kept: KeptNodes,
  length: number,
): SmallInterval[] {
  const groups: Group[] = [];
  const current = new Map<number, Group>();
  for (const interval of intervals) {
    const { realm, from, to } = interval;
    let group = current.get(realm);
    if (!group || group.size >= length) {
      group = { realm, from, to, size: 0, rows: new Map() };
      current.set(realm, group);
      groups.push(group);
    }
    group.to = Math.max(group.to, to);
    group.size++;
    addRows(group, interval, kept);
  }
  return groups.map(intervalOf);
}

function addRows(group: Group, interval: CrossingInterval, { numberOf, isKept }: KeptNodes): void {
  const columns = CALL_SUMS.map((name) => interval[name]);
  for (let row = 0; row < interval.node.length; row++) {
    const original = interval.node[row] ?? -1;
    const node = numberOf(original);
    let sums = group.rows.get(node);
    if (!sums) {
      sums = new Float64Array(columns.length);
      group.rows.set(node, sums);
    }
    if (isKept(original)) {
      for (let at = 0; at < columns.length; at++) add(sums, at, columns[at]?.[row]);
    } else {
      // Calls of a path that was left out count, but take no time: the nodes above it have it.
      const calls = interval.calls[row];
      add(sums, CALLS, calls);
      add(sums, CERTAIN_CALLS, calls);
    }
  }
}

function add(sums: Float64Array, at: number, value = 0): void {
  sums[at] = (sums[at] ?? 0) + value;
}

function intervalOf({ realm, from, to, rows }: Group): SmallInterval {
  const sums = [...rows.values()];
  return {
    realm,
    from,
    to,
    node: [...rows.keys()],
    ...callSums((name) => {
      const at = CALL_SUMS.indexOf(name);
      return sums.map((row) => sevenDigits(row[at] ?? 0));
    }),
  };
}
