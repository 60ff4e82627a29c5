import type { SeriesName } from '../protocol/rows.ts';
import type { Session } from '../session/model.ts';
import { totalTime } from './estimate.ts';

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
    crossings,
    wasmShare,
    requestsInFlight: requestsInFlight(session),
    framesPerSecond: seriesLine(session, 'framesPerSecond', 'Frames a second', 'count'),
    eventLoopDelay: seriesLine(session, 'eventLoopDelay', 'Event-loop delay', 'ms'),
  };
}

function seriesLine(session: Session, name: SeriesName, label: string, unit: Line['unit']): Line {
  const points = session.series.filter((series) => series.name === name)
    .flatMap(({ at, value }) => at.map((time, index) => ({ time, value: value[index] as number })))
    .sort((a, b) => a.time - b.time);
  return { label, unit, at: points.map(({ time }) => time), value: points.map(({ value }) => value) };
}

const PAGE_BYTES = 65536;

/** Linear memory of all memories as steps: exact at growth, so that no step is smeared over a second. */
function memoryLine(session: Session): Line {
  const steps = [
    ...session.memories.map(({ at, initialPages }) => ({ at, pages: initialPages })),
    ...session.growths.map(({ at, fromPages, toPages }) => ({ at, pages: toPages - fromPages })),
  ].sort((a, b) => a.at - b.at);
  const line: Line = { label: 'Linear memory', unit: 'bytes', at: [], value: [] };
  let bytes = 0;
  for (const { at, pages } of steps) {
    line.at.push(at, at);
    line.value.push(bytes, (bytes += pages * PAGE_BYTES));
  }
  if (steps.length > 0) {
    line.at.push(session.duration);
    line.value.push(bytes);
  }
  return line;
}

/** Crossings a second, and the share of time within calls from the top level into wasm, an interval each. */
function crossingLines(session: Session): { crossings: Line; wasmShare: Line } {
  const rates: Change[] = [];
  const shares: Change[] = [];
  const { nodes } = session;
  for (const interval of session.intervals) {
    const { from, to } = interval;
    const length = to - from;
    if (length <= 0) continue;
    const tick = session.realms[interval.realm]?.clockResolution ?? 0.1;
    let calls = 0;
    let time = 0;
    for (let at = 0; at < interval.node.length; at++) {
      calls += interval.calls[at] as number;
      const parent = nodes.parent[interval.node[at] as number] as number;
      if (parent < 0 || (nodes.parent[parent] as number) >= 0) continue;
      const sums = {
        calls: interval.calls[at] as number, certain: interval.certain[at] as number,
        certainTime: interval.certainTime[at] as number, timed: interval.timed[at] as number,
        time: interval.time[at] as number, square: interval.square[at] as number,
      };
      time += totalTime(sums, sums, tick).value;
    }
    // A level over the whole interval: its calls cannot be told apart in time.
    const [rate, share] = [(calls / length) * 1000, Math.min(time / length, 1)];
    rates.push({ at: from, by: rate }, { at: to, by: -rate });
    shares.push({ at: from, by: share }, { at: to, by: -share });
  }
  return {
    crossings: openEnded(levelLine('Crossings', 'per second', rates)),
    wasmShare: openEnded(levelLine('Time in wasm calls', 'share', shares)),
  };
}

interface Change {
  at: number;
  by: number;
}

/** A line of levels from changes to it: the sum over realms, in steps. */
function levelLine(label: string, unit: Line['unit'], changes: Change[]): Line {
  changes.sort((a, b) => a.at - b.at || a.by - b.by);
  const line: Line = { label, unit, at: [], value: [] };
  let level = 0;
  for (const { at, by } of changes) {
    line.at.push(at, at);
    line.value.push(level, (level = Math.max(level + by, 0)));
  }
  return line;
}

/** The end of the last interval is the end of what is known, not a fall to nothing. */
function openEnded(line: Line): Line {
  line.at.pop();
  line.value.pop();
  return line;
}

function requestsInFlight(session: Session): Line {
  const line = levelLine('Requests in flight', 'count', session.requests.flatMap(({ startTime, responseEnd }) => [
    { at: startTime, by: 1 },
    { at: responseEnd ?? session.duration, by: -1 },
  ]));
  if (line.at.length > 0) {
    line.at.push(Math.max(session.duration, line.at.at(-1) ?? 0));
    line.value.push(line.value.at(-1) ?? 0);
  }
  return line;
}
