import type { Request } from '../../../src/session/model.ts';
import { formatBytes, formatCount, formatDuration, formatTime } from '../../../src/text/format.ts';
import type { Fact } from '../../components/Facts.tsx';

/**
 * Size of the decoded body in bytes; null where the browser hides it and nothing read it in chunks.
 */
export const bodySize = ({ decodedBodySize, stream }: Request): number | null =>
  decodedBodySize ?? stream?.bytes ?? null;

/** Whether the request opened a connection of its own. */
export function connectionLabel({ connectionReused }: Request): string {
  if (connectionReused === null) return 'unknown';
  return connectionReused ? 'reused' : 'new';
}

/** Everything about a request but its phases. */
export function requestFacts(request: Request): Fact[] {
  return [
    ['Status', request.status === null ? 'unknown' : String(request.status)],
    ['Content type', request.contentType || 'unknown'],
    ['Initiator', request.initiator],
    ['Protocol', request.protocol || 'unknown'],
    ['Connection', connectionLabel(request)],
    ['Source', request.cache],
    ['Transferred', formatBytes(request.transferSize)],
    ['Encoded body', formatBytes(request.encodedBodySize)],
    ['Decoded body', formatBytes(bodySize(request))],
    ...responseFacts(request),
    ...streamFacts(request),
  ];
}

const responseFacts = ({ responseUsed }: Request): Fact[] =>
  responseUsed === null ? [] : [['Response used', formatTime(responseUsed)]];

function streamFacts({ stream, startTime }: Request): Fact[] {
  if (!stream) return [];
  const { firstChunk, lastChunk, chunks, bytes, largestGap, medianGap, end } = stream;
  return [
    [
      'First chunk',
      `${formatTime(firstChunk)}, ${formatDuration(firstChunk - startTime)} after the start`,
    ],
    ['Last chunk', formatTime(lastChunk)],
    ['Chunks', `${formatCount(chunks)}, ${formatBytes(bytes)}`],
    ['Gaps', `largest ${formatDuration(largestGap)}, median ${formatDuration(medianGap)}`],
    ['End of body', end === 'open' ? 'pending' : end],
  ];
}
