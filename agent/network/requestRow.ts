import type { RequestRow } from '../../src/protocol/rows.ts';

/** The schema's empty row; scripts/build.mjs inserts it. */
declare const __WASMSCOPE_EMPTY_REQUEST__: RequestRow;

/** The row of a request that has just begun. */
export const emptyRequest = (
  url: string,
  method: string,
  initiator: string,
  startTime: number,
): RequestRow => ({ ...__WASMSCOPE_EMPTY_REQUEST__, url, method, initiator, startTime });

const PHASES = [
  'redirectStart',
  'redirectEnd',
  'fetchStart',
  'domainLookupStart',
  'domainLookupEnd',
  'connectStart',
  'secureConnectionStart',
  'connectEnd',
  'requestStart',
  'responseStart',
  'responseEnd',
] as const;
const SIZES = ['transferSize', 'encodedBodySize', 'decodedBodySize'] as const;

/**
 * Fills in what Resource Timing reports (resource-timing, section 4); zeros stand for what is
 * hidden.
 */
export function fillFromTiming(row: RequestRow, entry: PerformanceResourceTiming): void {
  for (const phase of PHASES) row[phase] = entry[phase] > 0 ? entry[phase] : null;
  row.protocol = entry.nextHopProtocol;
  if (entry.responseStatus > 0) row.status = entry.responseStatus;
  // Without Timing-Allow-Origin a cross-origin request shows only its start and end.
  if (row.requestStart === null) return;
  for (const size of SIZES) row[size] = entry[size];
  row.connectionReused = entry.connectStart === entry.connectEnd;
  // Fetch, "transfer size": 0 for a cached response, only headers for a validated one.
  if (entry.transferSize === 0 && entry.decodedBodySize > 0) row.cache = 'cache';
  else if (entry.transferSize > 0 && entry.transferSize < entry.encodedBodySize)
    row.cache = 'revalidated';
  else if (entry.transferSize > 0) row.cache = 'network';
}
