import type { CrossingInterval, Session, TimeRange } from '../session/model.ts';
import { CALL_SUMS, callSums } from '../session/model.ts';
import type { CallSums, ClockFigures } from './estimate.ts';
import { totalTime } from './estimate.ts';

/** Figures of all nodes of the crossing trees; index = NodeIndex, times in ms, variances in ms². */
export interface TreeFigures {
  calls: Float64Array;
  total: Float64Array;
  totalVariance: Float64Array;
  self: Float64Array;
  selfVariance: Float64Array;
}

/** A browser's clock that is not isolated, ms (PLATFORM.md, 2). */
const COARSE_TICK = 0.1;
/** What timing may do to a call beyond its cost, ms (`npm run bench -- truth`). */
const DISTURBED = 1e-4;

type Columns = Record<(typeof CALL_SUMS)[number], Float64Array>;

/**
 * Whether an interval belongs to a range: whole intervals by their middle, so that counts stay
 * exact.
 */
export const inRange = (from: number, to: number, range?: TimeRange | null): boolean => {
  const middle = (from + to) / 2;
  return !range || (middle >= range.from && middle <= range.to);
};

function sumColumns(session: Session, range?: TimeRange | null): Columns {
  const { length } = session.nodes;
  const sums: Columns = callSums(() => new Float64Array(length));
  for (const interval of session.intervals) {
    if (!inRange(interval.from, interval.to, range)) continue;
    const { node } = interval;
    for (const name of CALL_SUMS) {
      const from = interval[name];
      const into = sums[name];
      for (let at = 0; at < node.length; at++) {
        const place = node[at] as number;
        into[place] = (into[place] as number) + (from[at] as number);
      }
    }
  }
  return sums;
}

/** Sums over whole sessions, which every range needs; a session is never changed, only replaced. */
const wholes = new WeakMap<Session, Columns>();

function wholeSums(session: Session): Columns {
  const known = wholes.get(session) ?? sumColumns(session);
  wholes.set(session, known);
  return known;
}

// Written out: it is made for every node.
const row = (columns: Columns, at: number): CallSums => ({
  calls: columns.calls[at] as number,
  certain: columns.certain[at] as number,
  certainTime: columns.certainTime[at] as number,
  timed: columns.timed[at] as number,
  weight: columns.weight[at] as number,
  weight2: columns.weight2[at] as number,
  time: columns.time[at] as number,
  time2: columns.time2[at] as number,
  square: columns.square[at] as number,
});

/** The clock of a realm, as the estimates need it. */
function clockOf({ realms }: Session, realm: number): ClockFigures {
  const { clockResolution, costs } = realms[realm] ?? {};
  return {
    tick: clockResolution ?? COARSE_TICK,
    cost: costs?.clock ?? 0,
    costError: costs?.clockError ?? 0,
    disturbed: DISTURBED,
  };
}

/**
 * Calls, total and self time of every node over a range. Self is total less the children's totals;
 * an estimate can so fall below 0 and is then 0. What counting the calls within a call costs is taken
 * off, as calibrated in the realm. A realm's root, and a node whose calls began
 * before the range, have the sum of their children and no self time.
 */
export function treeFigures(session: Session, range?: TimeRange | null): TreeFigures {
  const { nodes, realms } = session;
  const { length } = nodes;
  const whole = wholeSums(session);
  const sums = range ? sumColumns(session, range) : whole;
  const figures: TreeFigures = {
    calls: sums.calls,
    total: new Float64Array(length),
    totalVariance: new Float64Array(length),
    self: new Float64Array(length),
    selfVariance: new Float64Array(length),
  };
  const children = new Float64Array(length);
  const childrenVariance = new Float64Array(length);
  /** Calls within each node's calls. */
  const within = new Float64Array(length);
  const clocks = realms.map((_, realm) => clockOf(session, realm));
  // A child always stands behind its parent.
  for (let node = length - 1; node >= 0; node--) {
    const parent = nodes.parent[node] as number;
    let value = children[node] as number;
    let variance = childrenVariance[node] as number;
    if (parent >= 0 && (sums.calls[node] as number) > 0) {
      const realm = nodes.realm[node] as number;
      const own = totalTime(row(sums, node), row(whole, node), clocks[realm] as ClockFigures);
      const counting = (within[node] as number) * (realms[realm]?.costs.count ?? 0);
      own.value = Math.max(own.value - counting, 0);
      figures.self[node] = Math.max(own.value - value, 0);
      figures.selfVariance[node] = own.variance + variance;
      ({ value, variance } = own);
    }
    figures.total[node] = value;
    figures.totalVariance[node] = variance;
    if (parent < 0) continue;
    within[parent] =
      (within[parent] as number) + (within[node] as number) + (sums.calls[node] as number);
    children[parent] = (children[parent] as number) + value;
    childrenVariance[parent] = (childrenVariance[parent] as number) + variance;
  }
  return figures;
}

/**
 * Estimated time, ms, of the calls in one interval that came from the top level; the session stands
 * for what it did not time.
 */
export function topLevelTime(session: Session, interval: CrossingInterval): number {
  const { nodes } = session;
  const whole = wholeSums(session);
  const clock = clockOf(session, interval.realm);
  let time = 0;
  for (let at = 0; at < interval.node.length; at++) {
    const node = interval.node[at] as number;
    const parent = nodes.parent[node] as number;
    if (parent >= 0 && (nodes.parent[parent] as number) < 0)
      time += totalTime(row(interval, at), row(whole, node), clock).value;
  }
  return time;
}
