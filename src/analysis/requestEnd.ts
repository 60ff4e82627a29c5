import type { Request } from '../session/model.ts';

/** The last time at which a request was observed, ms since the session's origin; null: none. */
export const requestEnd = (request: Request): number | null =>
  request.responseEnd ?? request.stream?.lastChunk ?? request.responseUsed;
