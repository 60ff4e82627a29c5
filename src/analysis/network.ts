import type { Request } from '../session/model.ts';

export type RequestPhaseName = 'redirect' | 'queued' | 'DNS' | 'connect' | 'TLS' | 'wait' | 'download';

export interface RequestPhase {
  name: RequestPhaseName;
  from: number;
  to: number;
}

/** The phases of a request that are known, as Resource Timing defines them, ms since the session's origin. */
export function requestPhases(request: Request): RequestPhase[] {
  const phases: RequestPhase[] = [];
  const add = (name: RequestPhaseName, from: number | null, to: number | null): void => {
    if (from !== null && to !== null && to > from) phases.push({ name, from, to });
  };
  const secure = request.secureConnectionStart;
  add('redirect', request.redirectStart, request.redirectEnd);
  add('queued', request.fetchStart ?? request.startTime, request.domainLookupStart ?? request.requestStart ?? request.headersAt);
  add('DNS', request.domainLookupStart, request.domainLookupEnd);
  add('connect', request.connectStart, secure ?? request.connectEnd);
  add('TLS', secure, request.connectEnd);
  add('wait', request.requestStart, request.responseStart);
  add('download', request.responseStart ?? request.headersAt, request.responseEnd ?? request.stream?.lastChunk ?? null);
  return phases;
}

/** When a request ended, as far as is known. */
export const requestEnd = (request: Request): number | null =>
  request.responseEnd ?? request.stream?.lastChunk ?? request.headersAt;
