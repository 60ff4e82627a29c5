import type { Session, TimeRange } from '../session/model.ts';
import { addTo } from './addTo.ts';
import { rowOf, sumCalls, wholeCalls } from './callColumns.ts';
import { clockOf } from './clockOf.ts';
import { totalTime } from './totalTime.ts';

/** Figures of all nodes of the crossing trees; index = NodeIndex, times in ms, variances in ms². */
export interface TreeFigures {
  calls: Float64Array;
  total: Float64Array;
  totalVariance: Float64Array;
  self: Float64Array;
  selfVariance: Float64Array;
}

/**
 * Calls, total time and self time of every node over a range. Self time is the total less the
 * totals of the children, and 0 where the estimates give less than that. The time that counting
 * the calls within a call took, as calibrated in the realm, is subtracted. A realm's root, and a
 * node whose calls began before the range, has the sum of its children and no self time.
 */
export function treeFigures(session: Session, range?: TimeRange | null): TreeFigures {
  const { nodes, realms } = session;
  const { length } = nodes;
  const whole = wholeCalls(session);
  const sums = range ? sumCalls(session, range) : whole;
  const figures: TreeFigures = {
    calls: sums.calls,
    total: new Float64Array(length),
    totalVariance: new Float64Array(length),
    self: new Float64Array(length),
    selfVariance: new Float64Array(length),
  };
  const childTime = new Float64Array(length);
  const childVariance = new Float64Array(length);
  /** Calls made during each node's calls. */
  const callsWithin = new Float64Array(length);
  const clocks = realms.map(clockOf);
  const countingTimes = realms.map(({ calibration }) => calibration.countingCost);
  // A child always follows its parent.
  for (let node = length - 1; node >= 0; node--) {
    const parent = nodes.parent[node] ?? -1;
    const calls = sums.calls[node] ?? 0;
    const within = callsWithin[node] ?? 0;
    let value = childTime[node] ?? 0;
    let variance = childVariance[node] ?? 0;
    if (parent >= 0 && calls > 0) {
      const realm = nodes.realm[node] ?? -1;
      const clock = clocks[realm] ?? clockOf(undefined);
      const timed = totalTime(rowOf(sums, node), rowOf(whole, node), clock);
      const total = Math.max(timed.value - within * (countingTimes[realm] ?? 0), 0);
      figures.self[node] = Math.max(total - value, 0);
      figures.selfVariance[node] = timed.variance + variance;
      value = total;
      variance = timed.variance;
    }
    figures.total[node] = value;
    figures.totalVariance[node] = variance;
    if (parent < 0) continue;
    addTo(callsWithin, parent, within + calls);
    addTo(childTime, parent, value);
    addTo(childVariance, parent, variance);
  }
  return figures;
}
