import type { Session } from '../session/model.ts';
import type { SmallFigures, SmallNodes } from './keepNodes.ts';
import { keepNodes, LEFT_OUT } from './keepNodes.ts';
import type { SmallInterval } from './mergeIntervals.ts';
import { mergeIntervals } from './mergeIntervals.ts';
import { thinnedSeries } from './thinnedSeries.ts';

/**
 * A session that is small enough for a report in one file: fewer points in time, the same sums. It
 * can be written as JSON; `openSmallSession` turns it back into a session.
 */
export interface SmallSession {
  session: Omit<Session, 'nodes' | 'intervals'>;
  nodes: SmallNodes;
  intervals: SmallInterval[];
  /** Null if all nodes were kept. Otherwise the report cannot limit figures to a range of time. */
  figures: SmallFigures | null;
  /** What else was left out, in sentences. */
  omitted: string[];
}

/** How many rows of each table are kept. A report on ten minutes stays below 3 MB. */
export interface SmallLimits {
  nodes: number;
  /** Rows of all crossing intervals together. */
  crossings: number;
  points: number;
  requests: number;
  spans: number;
  growths: number;
}

export const SMALL_LIMITS: SmallLimits = {
  nodes: 15_000,
  crossings: 40_000,
  points: 600,
  requests: 2000,
  spans: 2000,
  growths: 2000,
};

export function smallSession(session: Session, limits: SmallLimits = SMALL_LIMITS): SmallSession {
  const omitted: string[] = [];
  const first = <Row>(rows: readonly Row[], most: number, what: string): Row[] => {
    if (rows.length > most)
      omitted.push(`Only the first ${most} of ${rows.length} ${what} are shown.`);
    return rows.slice(0, most);
  };
  const kept = keepNodes(session, limits.nodes);
  const { nodes: _, intervals: __, ...rest } = session;
  return {
    session: {
      ...rest,
      functions: kept.figures ? [...session.functions, LEFT_OUT] : session.functions,
      requests: first(session.requests, limits.requests, 'requests'),
      spans: first(session.spans, limits.spans, 'marks, measures and long tasks'),
      growths: first(session.growths, limits.growths, 'grow calls'),
      series: session.series.map((series) => thinnedSeries(series, limits.points)),
    },
    nodes: kept.nodes,
    intervals: mergeIntervals(session.intervals, kept, limits.crossings),
    figures: kept.figures,
    omitted,
  };
}
