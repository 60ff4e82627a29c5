import type { CrossingInterval, Session } from '../session/model.ts';
import { rowOf, wholeCalls } from './callColumns.ts';
import { clockOf } from './clockOf.ts';
import { totalTime } from './totalTime.ts';

/**
 * Estimated time, ms, of the calls in one interval that script made outside any crossing. The
 * session's samples stand for the calls that the interval did not time.
 */
export function topLevelTime(session: Session, interval: CrossingInterval): number {
  const { parent } = session.nodes;
  const whole = wholeCalls(session);
  const clock = clockOf(session.realms[interval.realm]);
  let time = 0;
  for (let row = 0; row < interval.node.length; row++) {
    const node = interval.node[row] ?? -1;
    const caller = parent[node] ?? -1;
    const isTopLevel = caller >= 0 && (parent[caller] ?? -1) < 0;
    if (isTopLevel) time += totalTime(rowOf(interval, row), rowOf(whole, node), clock).value;
  }
  return time;
}
