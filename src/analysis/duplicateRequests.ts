import type { Request, Session } from '../session/model.ts';

/** Requests for the same resource. */
export interface Duplicates {
  method: string;
  url: string;
  /** Indices of the requests, two or more, in order of start. */
  requests: number[];
  /** Transferred bytes of all but the first; null where the page cannot see one of them. */
  bytes: number | null;
}

interface IndexedRequest {
  index: number;
  request: Request;
}

/**
 * GET requests that were made more than once for one URL, most bytes first. Unless the recording
 * keeps queries, URLs that differ only in their query count as one.
 */
export function duplicateRequests({ requests }: Session): Duplicates[] {
  const byUrl = new Map<string, IndexedRequest[]>();
  const inOrder = requests
    .map((request, index) => ({ request, index }))
    .sort((a, b) => a.request.startTime - b.request.startTime);
  for (const indexed of inOrder) {
    const { method, url } = indexed.request;
    if (method !== 'GET') continue;
    const group = byUrl.get(url) ?? [];
    group.push(indexed);
    byUrl.set(url, group);
  }
  return [...byUrl]
    .filter(([, group]) => group.length > 1)
    .map(([url, group]) => ({
      method: 'GET',
      url,
      requests: group.map(({ index }) => index),
      bytes: transferredBytes(group.slice(1)),
    }))
    .sort((a, b) => (b.bytes ?? 0) - (a.bytes ?? 0));
}

function transferredBytes(group: readonly IndexedRequest[]): number | null {
  let bytes = 0;
  for (const { request } of group) {
    if (request.transferSize === null) return null;
    bytes += request.transferSize;
  }
  return bytes;
}
