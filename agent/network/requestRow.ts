import type { RequestRow } from '../../src/protocol/rows.ts';

/** A request of which only its start is known. */
export function emptyRequest(
  url: string,
  method: string,
  initiator: string,
  startTime: number,
): Omit<RequestRow, 'id'> {
  return {
    url,
    method,
    initiator,
    status: null,
    protocol: '',
    contentType: '',
    startTime,
    redirectStart: null,
    redirectEnd: null,
    fetchStart: null,
    domainLookupStart: null,
    domainLookupEnd: null,
    connectStart: null,
    secureConnectionStart: null,
    connectEnd: null,
    requestStart: null,
    responseStart: null,
    responseEnd: null,
    headersAt: null,
    transferSize: null,
    encodedBodySize: null,
    decodedBodySize: null,
    cache: 'unknown',
    connectionReused: null,
    stream: null,
    error: null,
  };
}

const known = (time: number): number | null => (time > 0 ? time : null);

/** Fills in what Resource Timing tells (resource-timing, section 4); zeros stand for what is hidden from the page. */
export function fillFromTiming(row: RequestRow, entry: PerformanceResourceTiming): void {
  row.redirectStart = known(entry.redirectStart);
  row.redirectEnd = known(entry.redirectEnd);
  row.fetchStart = known(entry.fetchStart);
  row.responseEnd = known(entry.responseEnd);
  // Without Timing-Allow-Origin a cross-origin request shows its start and end only.
  const hidden = entry.requestStart === 0;
  row.protocol = entry.nextHopProtocol;
  if (entry.responseStatus > 0) row.status = entry.responseStatus;
  if (hidden) return;
  row.domainLookupStart = known(entry.domainLookupStart);
  row.domainLookupEnd = known(entry.domainLookupEnd);
  row.connectStart = known(entry.connectStart);
  row.secureConnectionStart = known(entry.secureConnectionStart);
  row.connectEnd = known(entry.connectEnd);
  row.requestStart = known(entry.requestStart);
  row.responseStart = known(entry.responseStart);
  row.transferSize = entry.transferSize;
  row.encodedBodySize = entry.encodedBodySize;
  row.decodedBodySize = entry.decodedBodySize;
  row.connectionReused = entry.connectStart === entry.connectEnd;
  // Fetch, "transfer size": 0 for a cached response, headers only for one that was validated.
  if (entry.transferSize === 0 && entry.decodedBodySize > 0) row.cache = 'cache';
  else if (entry.transferSize > 0 && entry.transferSize < entry.encodedBodySize)
    row.cache = 'revalidated';
  else if (entry.transferSize > 0) row.cache = 'network';
}
