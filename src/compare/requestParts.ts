import { pageRequests } from '../analysis/pageRequests.ts';
import { requestEnd } from '../analysis/requestEnd.ts';
import type { MeasuredDefinition } from '../metrics/family.ts';
import { COUNT, metricFamily, TIME } from '../metrics/family.ts';
import { stableName } from '../metrics/stableName.ts';
import type { Session } from '../session/model.ts';
import { columnsOf } from './column.ts';
import { columnsBySubject } from './columnsBySubject.ts';
import type { Design } from './design.ts';
import type { Part } from './part.ts';

/** Requests of one URL. */
interface Requests {
  /** Latency of all together, ms. */
  time: number;
  count: number;
}

const REQUEST = { subject: 'request', group: 'network' } as const;

const LATENCY: MeasuredDefinition<Requests> = {
  id: 'request/URL/latency',
  label: 'URL',
  quantity: 'latency',
  ...REQUEST,
  ...TIME,
  value: ({ time }) => time,
};

const REQUEST_COUNT: MeasuredDefinition<Requests> = {
  id: 'request/URL/count',
  label: 'URL: count',
  quantity: 'count',
  ...REQUEST,
  ...COUNT,
  value: ({ count }) => count,
};

/** Not part of the list of metrics: there are too many URLs to test each. */
const requestFamily = metricFamily(
  (session) =>
    [...requestsByUrl(session)].map(([url, source]) => ({
      subject: { type: 'request', url },
      source,
    })),
  [LATENCY, REQUEST_COUNT],
);

/** Latency and number of the requests of each URL. */
export function requestParts({ baseline, candidate }: Design): Part[] {
  const columns = columnsOf(baseline, candidate, (session) =>
    requestFamily.metricsOf(session).map(({ metric }) => metric),
  );
  const find = columnsBySubject(columns);
  return columns.flatMap((time): Part[] => {
    const { subject, quantity } = time.fields;
    if (subject.type !== 'request' || quantity !== LATENCY.quantity) return [];
    const { url } = subject;
    const count = find(subject, REQUEST_COUNT.quantity);
    return [{ kind: 'request', id: url, label: url, time, count }];
  });
}

/**
 * Requests to the page's own server are named by their path, as two builds may be served on
 * different ports.
 */
function requestsByUrl(session: Session): Map<string, Requests> {
  const sums = new Map<string, Requests>();
  const own = `${originOf(session.info.page)}/`;
  for (const request of pageRequests(session)) {
    const end = requestEnd(request);
    const path = request.url.startsWith(own) ? request.url.slice(own.length - 1) : request.url;
    const url = stableName(path);
    const sum = sums.get(url) ?? { time: 0, count: 0 };
    sum.count++;
    sum.time += end === null ? 0 : Math.max(end - request.startTime, 0);
    sums.set(url, sum);
  }
  return sums;
}

/** `http://localhost:8080` of a URL; otherwise text that no URL begins with. */
const originOf = (url: string): string => /^https?:\/\/[^/]+/.exec(url)?.[0] ?? 'no origin';
