import type { SeriesName } from '../protocol/rows.ts';
import type { RealmIndex, Request, Series, Session } from '../session/model.ts';
import { PAGE_BYTES } from '../wasm/pageBytes.ts';
import { topLevelTime } from './tree.ts';

/** One line of the overview. `null`: nothing known at that time. */
export interface Line {
  label: string;
  unit: 'bytes' | 'per second' | 'share' | 'count' | 'ms';
  at: number[];
  value: (number | null)[];
}

export interface OverviewLines {
  linearMemory: Line;
  jsHeap: Line;
  workersHeap: Line;
  crossings: Line;
  wasmShare: Line;
  requestsInFlight: Line;
  framesPerSecond: Line;
  eventLoopDelay: Line;
}

/** The lines of the overview, summed over realms; times in ms since the session's origin. */
export function overviewLines(session: Session): OverviewLines {
  const { crossings, wasmShare } = crossingLines(session);
  return {
    linearMemory: memoryLine(session),
    jsHeap: seriesLine(session, 'jsHeap', 'JS heap', 'bytes'),
    workersHeap: seriesLine(session, 'workersHeap', 'JS heap of workers', 'bytes'),
    crossings,
    wasmShare,
    requestsInFlight: requestsInFlight(session),
    framesPerSecond: seriesLine(session, 'framesPerSecond', 'Frames a second', 'count'),
    eventLoopDelay: seriesLine(session, 'eventLoopDelay', 'Event-loop delay', 'ms'),
  };
}

/**
 * One series as a line. Of several realms the largest value known at each time: frames of one site
 * share a heap and a thread, so that a sum would count them twice.
 */
function seriesLine(session: Session, name: SeriesName, label: string, unit: Line['unit']): Line {
  const all = session.series.filter((series) => series.name === name && series.at.length > 0);
  const line: Line = { label, unit, at: [], value: [] };
  const points = all
    .flatMap(({ at }, of) => at.map((time, index) => ({ time, of, index })))
    .sort((a, b) => a.time - b.time);
  const current: (number | null)[] = all.map(() => null);
  for (const { time, of, index } of points) {
    const { at, value } = all[of] as Series;
    current[of] = value[index] as number;
    const known = current.filter((each) => each !== null);
    if (line.at.at(-1) === time) line.value.pop();
    else line.at.push(time);
    line.value.push(Math.max(...known));
    // A realm that says no more is not held on to.
    if (index === at.length - 1) current[of] = null;
  }
  return line;
}

/**
 * Linear memory of all memories as steps: exact at growth, so that no step is smeared over a
 * second.
 */
function memoryLine(session: Session): Line {
  const steps = [
    ...session.memories.map(({ at, initialPages }, memory) => ({
      at,
      memory,
      pages: initialPages,
    })),
    ...session.growths.map(({ at, memory, toPages }) => ({ at, memory, pages: toPages })),
  ].sort((a, b) => a.at - b.at);
  // What was seen late may stand behind what was seen at once.
  const seen = session.memories.map(() => 0);
  const line: Line = { label: 'Linear memory', unit: 'bytes', at: [], value: [] };
  let bytes = 0;
  for (const { at, memory, pages } of steps) {
    const before = seen[memory] ?? 0;
    if (pages <= before) continue;
    seen[memory] = pages;
    line.at.push(at, at);
    line.value.push(bytes, (bytes += (pages - before) * PAGE_BYTES));
  }
  if (steps.length > 0) {
    line.at.push(session.duration);
    line.value.push(bytes);
  }
  return line;
}

/**
 * Crossings a second, and the share of time within calls from the top level into wasm, an interval
 * each.
 */
function crossingLines(session: Session): { crossings: Line; wasmShare: Line } {
  const rates: Change[] = [];
  const shares: Change[] = [];
  const begins = firstRuns(session);
  for (const interval of session.intervals) {
    const { to } = interval;
    // Nothing was called before there was something to call.
    const begin = begins.get(interval.realm) ?? interval.from;
    const from = begin < to ? Math.max(interval.from, begin) : interval.from;
    const length = to - from;
    if (length <= 0) continue;
    let calls = 0;
    for (const count of interval.calls) calls += count;
    // A level over the whole interval: its calls cannot be told apart in time.
    const [rate, share] = [
      (calls / length) * 1000,
      Math.min(topLevelTime(session, interval) / length, 1),
    ];
    rates.push({ at: from, by: rate }, { at: to, by: -rate });
    shares.push({ at: from, by: share }, { at: to, by: -share });
  }
  return {
    crossings: openEnded(levelLine('Crossings', 'per second', rates)),
    wasmShare: openEnded(levelLine('Time in wasm calls', 'share', shares)),
  };
}

/** When wasm could first run in each realm, ms; realms of which that is not known are left out. */
function firstRuns({ modules }: Session): Map<RealmIndex, number> {
  const first = new Map<RealmIndex, number>();
  for (const { realm, instantiateStart, compileEnd, firstCall } of modules) {
    const at = instantiateStart ?? compileEnd ?? firstCall ?? -Infinity;
    first.set(realm, Math.min(first.get(realm) ?? Infinity, at));
  }
  return first;
}

interface Change {
  at: number;
  by: number;
}

/** A line of levels from changes to it: the sum over realms, in steps. */
function levelLine(label: string, unit: Line['unit'], changes: Change[]): Line {
  changes.sort((a, b) => a.at - b.at);
  const line: Line = { label, unit, at: [], value: [] };
  let level = 0;
  for (let next = 0; next < changes.length; ) {
    const { at } = changes[next] as Change;
    const before = level;
    // What ends as another begins is one step, not a fall to nothing and back.
    while (changes[next]?.at === at) level += (changes[next++] as Change).by;
    level = Math.max(level, 0);
    line.at.push(at, at);
    line.value.push(before, level);
  }
  return line;
}

/** The end of the last interval is the end of what is known, not a fall to nothing. */
function openEnded(line: Line): Line {
  line.at.pop();
  line.value.pop();
  return line;
}

/** Requests of which no end was seen last as long as the session, but for those that failed. */
function requestsInFlight(session: Session): Line {
  const changes: Change[] = [];
  for (const request of session.requests) {
    const { startTime } = request;
    const end = lastSeen(request) ?? session.duration;
    // From the cache on a coarse clock: it took no time.
    if (end > startTime) changes.push({ at: startTime, by: 1 }, { at: end, by: -1 });
  }
  const line = levelLine('Requests in flight', 'count', changes);
  if (line.at.length > 0) {
    line.at.push(Math.max(session.duration, line.at.at(-1) ?? 0));
    line.value.push(line.value.at(-1) ?? 0);
  }
  return line;
}

function lastSeen({ responseEnd, stream, error, headersAt, startTime }: Request): number | null {
  if (responseEnd !== null) return responseEnd;
  if (stream && stream.end !== 'open') return stream.lastChunk;
  return error === null ? null : (headersAt ?? startTime);
}
