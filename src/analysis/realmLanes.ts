import type { RealmIndex, Session } from '../session/model.ts';

/** The activity of one realm over time, ms since the session's origin. */
export interface RealmLane {
  realm: RealmIndex;
  /** When it started and when it was last seen. */
  from: number;
  to: number;
  calls: number;
  /** Its crossings per second in each interval with crossings. */
  stretches: { from: number; to: number; rate: number }[];
}

/** All realms in the order in which they started. */
export function realmLanes(session: Session): RealmLane[] {
  const lanes = session.realms.map(
    ({ offset, lastSeen }, realm): RealmLane => ({
      realm,
      from: Math.max(offset, 0),
      to: Math.max(lastSeen, offset, 0),
      calls: 0,
      stretches: [],
    }),
  );
  for (const { realm, from, to, calls } of session.intervals) {
    const lane = lanes[realm];
    const count = calls.reduce((sum, value) => sum + value, 0);
    if (!lane || count === 0) continue;
    lane.calls += count;
    lane.stretches.push({ from, to, rate: to > from ? (count / (to - from)) * 1000 : 0 });
  }
  return lanes.sort((a, b) => a.from - b.from);
}
