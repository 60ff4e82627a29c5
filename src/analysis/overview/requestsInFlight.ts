import type { Request, Session } from '../../session/model.ts';
import type { Change } from './levelLine.ts';
import { levelLine } from './levelLine.ts';
import type { Line } from './line.ts';

/** How many requests were under way. One without an end lasts until the end of the session. */
export function requestsInFlight({ requests, duration }: Session): Line {
  const changes: Change[] = [];
  for (const request of requests) {
    const { startTime } = request;
    const end = endOf(request) ?? duration;
    // A coarse clock shows no length for a request that the cache answered.
    if (end > startTime) changes.push({ time: startTime, by: 1 }, { time: end, by: -1 });
  }
  const line = levelLine(changes);
  if (line.time.length > 0) {
    line.time.push(Math.max(duration, line.time.at(-1) ?? 0));
    line.value.push(line.value.at(-1) ?? 0);
  }
  return line;
}

/** null: still under way. */
function endOf({ responseEnd, stream, error, responseUsed, startTime }: Request): number | null {
  if (responseEnd !== null) return responseEnd;
  if (stream && stream.end !== 'open') return stream.lastChunk;
  return error === null ? null : (responseUsed ?? startTime);
}
