import type { Infer } from './shape.ts';
import * as is from './shape.ts';

// Rows about requests (rows.ts).

/** How a body that the page read in chunks arrived. */
export const streamFigures = is.record({
  /** The page read the first chunk. */
  firstChunk: is.time,
  /** The page read the last chunk. */
  lastChunk: is.time,
  /** Number of chunks. */
  chunks: is.count,
  /** Bytes of all chunks. */
  bytes: is.bytes,
  /** Longest time between two chunks. */
  largestGap: is.duration,
  /** Median time between two chunks. */
  medianGap: is.duration,
  /** How the body ended, as far as was seen. */
  end: is.oneOf('open', 'complete', 'cancelled', 'error'),
});
export interface StreamFigures extends Infer<typeof streamFigures> {}

/** What the headers and the body of a response imply, without their text. */
export const responseFacts = is.record({
  /** Seconds for which a cache may reuse it (`max-age`, or `Expires`); null: nothing is said. */
  maxAge: is.nullable(is.amount),
  /** `br`, `gzip`, `zstd`, …; `''` for none. */
  contentEncoding: is.text,
  /** Estimated size of the body when compressed. */
  compressibleTo: is.nullable(is.bytes),
  /** Salted digest of the body, equal for equal bodies within the session. */
  bodyDigest: is.nullable(is.text),
});

/** One request: from the Fetch hook, Resource Timing, or both joined. */
export const requestRow = is.record(
  {
    /** Number of the request. */
    id: is.idOf('request'),
    /** Address, without query and fragment unless the user asked for them. */
    url: is.pageText,
    /** HTTP method; `''` if unknown. */
    method: is.text,
    /**
     * `fetch`, `xmlhttprequest`, or the `initiatorType` of Resource Timing; `navigation` for the
     * document.
     */
    initiator: is.text,
    /** HTTP status. */
    status: is.nullable(is.count),
    /** ALPN id: `h2`, `h3`, `http/1.1`; `''` if hidden. */
    protocol: is.text,
    /** MIME type of the response. */
    contentType: is.text,
    /** As in Resource Timing. */
    startTime: is.time,
    /** As in Resource Timing. */
    redirectStart: is.nullable(is.time),
    /** As in Resource Timing. */
    redirectEnd: is.nullable(is.time),
    /** As in Resource Timing. */
    fetchStart: is.nullable(is.time),
    /** As in Resource Timing. */
    domainLookupStart: is.nullable(is.time),
    /** As in Resource Timing. */
    domainLookupEnd: is.nullable(is.time),
    /** As in Resource Timing. */
    connectStart: is.nullable(is.time),
    /** As in Resource Timing. */
    secureConnectionStart: is.nullable(is.time),
    /** As in Resource Timing. */
    connectEnd: is.nullable(is.time),
    /** As in Resource Timing. */
    requestStart: is.nullable(is.time),
    /** As in Resource Timing. */
    responseStart: is.nullable(is.time),
    /** As in Resource Timing. */
    responseEnd: is.nullable(is.time),
    /**
     * The page first used the Response, which is when its promise settled if the page awaited it;
     * null: this was not seen.
     */
    responseUsed: is.nullable(is.time),
    /** As in Resource Timing. */
    transferSize: is.nullable(is.bytes),
    /** As in Resource Timing. */
    encodedBodySize: is.nullable(is.bytes),
    /** As in Resource Timing. */
    decodedBodySize: is.nullable(is.bytes),
    /** Where the response probably came from. */
    cache: is.oneOf('unknown', 'network', 'cache', 'revalidated'),
    /** Whether an open connection was used; null if the timing is hidden. */
    connectionReused: is.nullable(is.flag),
    /** Figures of a body that the page read in chunks. */
    stream: is.nullable(streamFigures),
    /** Why it failed. */
    error: is.nullable(is.pageText),
  },
  {
    /** Reserved: what its headers and body imply. */
    facts: is.nullable(responseFacts),
  },
);
export interface RequestRow extends Infer<typeof requestRow> {}
export type CacheUse = RequestRow['cache'];
