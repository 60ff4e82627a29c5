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
    jsHeap: seriesLine(session, 'jsHeap'),
    workersHeap: seriesLine(session, 'workersHeap'),
    ...crossingLines(session),
    requestsInFlight: requestsInFlight(session),
    framesPerSecond: seriesLine(session, 'framesPerSecond'),
    eventLoopDelay: seriesLine(session, 'eventLoopDelay'),
  }),
);
