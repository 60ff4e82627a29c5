import type { Request } from '../session/model.ts';

export type RequestPhaseName =
  | 'redirect'
  | 'queued'
  | 'DNS'
  | 'connect'
  | 'TLS'
  | 'wait'
  | 'download';

/** Times in ms since the session's origin. */
export interface RequestPhase {
  name: RequestPhaseName;
  from: number;
  to: number;
}

/**
 * The phases of a request that were reported, as Resource Timing defines them. On an open
 * connection, DNS and connect have no length and are at the start: everything until the request
 * was sent is then time in the queue.
 */
export function requestPhases(request: Request): RequestPhase[] {
  const phases: RequestPhase[] = [];
  const add = (name: RequestPhaseName, from: number | null, to: number | null): void => {
    if (from !== null && to !== null && to > from) phases.push({ name, from, to });
  };
  const secure = request.secureConnectionStart;
  const sent = request.requestStart ?? request.responseUsed;
  add('redirect', request.redirectStart, request.redirectEnd);
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
    request.responseStart ?? request.responseUsed,
    request.responseEnd ?? request.stream?.lastChunk ?? null,
  );
  return phases;
}
