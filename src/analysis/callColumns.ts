import type { CrossingInterval, Session, TimeRange } from '../session/model.ts';
import { CALL_SUMS, callSums } from '../session/model.ts';
import { perSession } from '../session/perSession.ts';
import { addTo } from './addTo.ts';
import { inRange } from './inRange.ts';
import type { CallSums } from './totalTime.ts';

/** What was counted and timed of each node's calls; index = NodeIndex. */
export type CallColumns = Record<keyof CallSums, Float64Array>;

/** Sums the crossing intervals of a range, for each node. */
export function sumCalls(session: Session, range?: TimeRange | null): CallColumns {
  const sums: CallColumns = callSums(() => new Float64Array(session.nodes.length));
  for (const interval of session.intervals) {
    if (!inRange(interval.from, interval.to, range)) continue;
    for (const name of CALL_SUMS) addColumn(sums[name], interval.node, interval[name]);
  }
  return sums;
}

function addColumn(
  sums: Float64Array,
  nodes: CrossingInterval['node'],
  values: Float64Array,
): void {
  for (let row = 0; row < nodes.length; row++) addTo(sums, nodes[row] ?? -1, values[row] ?? 0);
}

/** The sums of the whole session, which the figures of every range need. */
export const wholeCalls = perSession((session) => sumCalls(session));

/** The sums in one row of the columns. Written out, as it runs once for each node. */
export const rowOf = (columns: CallColumns, index: number): CallSums => ({
  calls: columns.calls[index] ?? 0,
  certainCalls: columns.certainCalls[index] ?? 0,
  certainTime: columns.certainTime[index] ?? 0,
  sampledCalls: columns.sampledCalls[index] ?? 0,
  weight: columns.weight[index] ?? 0,
  weightSquared: columns.weightSquared[index] ?? 0,
  weightedTime: columns.weightedTime[index] ?? 0,
  weightSquaredTime: columns.weightSquaredTime[index] ?? 0,
  weightedTimeSquared: columns.weightedTimeSquared[index] ?? 0,
});
