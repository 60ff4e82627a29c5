import type { Session } from '../../session/model.ts';
import { perSession } from '../../session/perSession.ts';
import { crossingLines } from './crossingLines.ts';
import type { Line, LineName } from './line.ts';
import { linearMemoryLine } from './linearMemoryLine.ts';
import { requestsInFlight } from './requestsInFlight.ts';
import { seriesLine } from './seriesLine.ts';

export type OverviewLines = Record<LineName, Line>;

/** The lines of the overview, over all realms. */
export const overviewLines = perSession(
  (session: Session): OverviewLines => ({
    linearMemory: linearMemoryLine(session),
    jsHeap: seriesLine(session, 'jsHeap', 'JS heap', 'bytes'),
    workersHeap: seriesLine(session, 'workersHeap', 'JS heap of workers', 'bytes'),
    ...crossingLines(session),
    requestsInFlight: requestsInFlight(session),
    framesPerSecond: seriesLine(session, 'framesPerSecond', 'Frames per second', 'count'),
    eventLoopDelay: seriesLine(session, 'eventLoopDelay', 'Event-loop delay', 'ms'),
  }),
);
