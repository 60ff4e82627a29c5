import type { Request, Session } from '../session/model.ts';

/**
 * What the page asked for. Not the icon that the browser looks for by itself, once a profile and when it sees fit: it
 * would differ between recordings of one page.
 */
export const pageRequests = ({ requests }: Session): Request[] =>
  requests.filter(
    ({ initiator, url }) => initiator !== 'other' || !/^https?:\/\/[^/]+\/favicon\.ico$/.test(url),
  );

/** Requests that came to nothing: a network error, or an answer from 400 up. */
export const failedRequests = (session: Session): Request[] =>
  pageRequests(session).filter(
    ({ error, status }) => error !== null || (status !== null && status >= 400),
  );

export type RequestPhaseName =
  | 'redirect'
  | 'queued'
  | 'DNS'
  | 'connect'
  | 'TLS'
  | 'wait'
  | 'download';

export interface RequestPhase {
  name: RequestPhaseName;
  from: number;
  to: number;
}

/**
 * The phases of a request that are known, as Resource Timing defines them, ms since the session's
 * origin. On a connection that was open, DNS and connect have no length and stand at the start: all
 * until the request was sent is then waiting in the queue.
 */
export function requestPhases(request: Request): RequestPhase[] {
  const phases: RequestPhase[] = [];
  const add = (name: RequestPhaseName, from: number | null, to: number | null): void => {
    if (from !== null && to !== null && to > from) phases.push({ name, from, to });
  };
  const secure = request.secureConnectionStart;
  add('redirect', request.redirectStart, request.redirectEnd);
  const sent = request.requestStart ?? request.headersAt;
  add(
    'queued',
    request.fetchStart ?? request.startTime,
    request.connectionReused ? sent : (request.domainLookupStart ?? sent),
  );
  add('DNS', request.domainLookupStart, request.domainLookupEnd);
  add('connect', request.connectStart, secure ?? request.connectEnd);
  add('TLS', secure, request.connectEnd);
  add('wait', request.requestStart, request.responseStart);
  add(
    'download',
    request.responseStart ?? request.headersAt,
    request.responseEnd ?? request.stream?.lastChunk ?? null,
  );
  return phases;
}

/** When a request ended, as far as is known. */
export const requestEnd = (request: Request): number | null =>
  request.responseEnd ?? request.stream?.lastChunk ?? request.headersAt;

/** Requests for the same thing. */
export interface Duplicates {
  method: string;
  url: string;
  /** Indices of the requests, two or more, in order of start. */
  requests: number[];
  /** Bytes on the wire of all but the first; null where one is hidden from the page. */
  bytes: number | null;
}

/**
 * GET requests of one URL that were made more than once, most bytes first. Unless the recording
 * keeps queries the URLs are compared without, so that they may differ in that.
 */
export function duplicateRequests(session: Session): Duplicates[] {
  const groups = new Map<string, number[]>();
  const inOrder = session.requests
    .map((_, index) => index)
    .sort(
      (a, b) =>
        (session.requests[a] as Request).startTime - (session.requests[b] as Request).startTime,
    );
  for (const index of inOrder) {
    const { method, url } = session.requests[index] as Request;
    if (method !== 'GET') continue;
    const group = groups.get(url) ?? [];
    group.push(index);
    groups.set(url, group);
  }
  return [...groups]
    .filter(([, requests]) => requests.length > 1)
    .map(([url, requests]) => {
      const sizes = requests
        .slice(1)
        .map((index) => (session.requests[index] as Request).transferSize);
      const bytes = sizes.some((size) => size === null)
        ? null
        : sizes.reduce<number>((sum, size) => sum + (size ?? 0), 0);
      return { method: 'GET', url, requests, bytes };
    })
    .sort((a, b) => (b.bytes ?? 0) - (a.bytes ?? 0));
}

/**
 * How many requests that crossed the network opened a connection, how many used an open one, and of
 * how many it is not known.
 */
export function connectionUse(session: Session): {
  opened: number;
  reused: number;
  unknown: number;
} {
  const use = { opened: 0, reused: 0, unknown: 0 };
  for (const { cache, connectionReused } of pageRequests(session)) {
    if (cache === 'cache') continue;
    if (connectionReused === null) use.unknown++;
    else if (connectionReused) use.reused++;
    else use.opened++;
  }
  return use;
}
