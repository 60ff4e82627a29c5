import type { RealmIndex, Session } from '../../session/model.ts';
import { topLevelTime } from '../topLevelTime.ts';
import type { Change } from './levelLine.ts';
import { levelLine } from './levelLine.ts';
import type { Line } from './line.ts';

/**
 * Crossings per second, and the share of time in calls that script made into wasm. Each is one
 * level over an interval, as the calls within an interval have no times of their own.
 */
export function crossingLines(session: Session): { crossings: Line; wasmShare: Line } {
  const rates: Change[] = [];
  const shares: Change[] = [];
  const starts = wasmStarts(session);
  for (const interval of session.intervals) {
    const { to } = interval;
    const start = starts.get(interval.realm) ?? interval.from;
    // Nothing was called before there was something to call.
    const from = start < to ? Math.max(interval.from, start) : interval.from;
    const length = to - from;
    if (length <= 0) continue;
    const calls = interval.calls.reduce((sum, count) => sum + count, 0);
    const rate = (calls / length) * 1000;
    const share = Math.min(topLevelTime(session, interval) / length, 1);
    rates.push({ time: from, by: rate }, { time: to, by: -rate });
    shares.push({ time: from, by: share }, { time: to, by: -share });
  }
  return {
    crossings: withoutLastFall(levelLine(rates)),
    wasmShare: withoutLastFall(levelLine(shares)),
  };
}

/** When wasm could first run in each realm, ms. Realms without such a time are left out. */
function wasmStarts({ modules }: Session): Map<RealmIndex, number> {
  const starts = new Map<RealmIndex, number>();
  for (const { realm, instantiateStart, compileEnd, firstCall } of modules) {
    const start = instantiateStart ?? compileEnd ?? firstCall ?? -Infinity;
    starts.set(realm, Math.min(starts.get(realm) ?? Infinity, start));
  }
  return starts;
}

/** The end of the last interval is the end of the recording, not a fall to 0. */
const withoutLastFall = (line: Line): Line => ({
  time: line.time.slice(0, -1),
  value: line.value.slice(0, -1),
});
