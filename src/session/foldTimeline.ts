import * as rows from '../protocol/rows.ts';
import type { RealmIndex, Request, Series, Span } from './model.ts';
import type { Segment } from './segment.ts';
import { upsert } from './upsert.ts';

/** Where one realm's rows are in the session's tables. */
export interface RealmTimeline {
  readonly requests: Map<number, number>;
  readonly series: Map<string, Series>;
}

export const emptyTimeline = (): RealmTimeline => ({ requests: new Map(), series: new Map() });

/** Requests, spans and series of all realms. */
export interface TimelineFold {
  /** @param offset the realm's time origin, ms after the session's */
  add(places: RealmTimeline, segment: Segment, realm: RealmIndex, offset: number): void;
  addSpan(span: Span): void;
  requests(): Request[];
  spans(): Span[];
  series(): Series[];
}

export interface TimelineSink {
  span?(span: Span): void;
  points?(points: Series): void;
}

/** @param sink takes spans and points instead of this fold */
export function createTimelineFold(sink: TimelineSink): TimelineFold {
  const requests: Request[] = [];
  const spans: Span[] = [];
  const series: Series[] = [];
  const addSpan = sink.span ?? ((span: Span) => void spans.push(span));

  function addPoints(lines: Map<string, Series>, points: Series): void {
    const line = lines.get(points.name) ?? { ...points, time: [], value: [] };
    if (!lines.has(points.name)) {
      lines.set(points.name, line);
      series.push(line);
    }
    for (const moment of points.time) line.time.push(moment);
    for (const value of points.value) line.value.push(value);
  }

  return {
    add(places, segment, realm, offset) {
      for (const request of segment.requests ?? []) {
        const { id, ...row } = rows.requestRow.shift(request, offset);
        upsert(requests, places.requests, id, { ...row, realm });
      }
      for (const span of segment.spans ?? [])
        addSpan({ ...rows.spanRow.shift(span, offset), realm });
      for (const columns of segment.series ?? []) {
        const points = { ...rows.seriesColumns.shift(columns, offset), realm };
        if (sink.points) sink.points(points);
        else addPoints(places.series, points);
      }
    },
    addSpan,
    requests: () => [...requests],
    spans: () => [...spans],
    series: () => series.map((line) => ({ ...line, time: [...line.time], value: [...line.value] })),
  };
}
