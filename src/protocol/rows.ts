import type { Infer } from './shape.ts';
import * as is from './shape.ts';

// The rows that an agent reports. This file is the only definition of their fields: types,
// validation, empty rows, the JSON schema and the table in docs/session-format.md follow from it
// (npm run docs). Ids are small integers that count from 0 within the realm.

/** Identifiers within one realm. */
export type ModuleId = number;
export type MemoryId = number;
export type FunctionId = number;
/** Node 0 is the root of the realm's crossing tree: no crossing is in progress. */
export type NodeId = number;

/** What a realm reports about itself in its first chunk. */
export const realmInfo = is.record({
  /** What kind of global this is. */
  kind: is.oneOf('page', 'frame', 'worker', 'sharedworker', 'serviceworker'),
  /** Address, without query and fragment unless the user asked for them. */
  url: is.pageText,
  /** Name of the worker or frame; `''` if it has none. */
  name: is.pageText,
  /** The realm's time origin (`performance.timeOrigin`), from which its times count. */
  timeOrigin: is.epoch,
  /** Whether the realm is cross-origin isolated, which gives it a finer clock. */
  crossOriginIsolated: is.flag,
  /** Smallest step of `performance.now` that was seen. */
  clockResolution: is.duration,
  /** As the browser reports it. */
  userAgent: is.text,
  /** As the browser reports it. */
  hardwareConcurrency: is.count,
  /** Whether the agent started after scripts of the page (recording without reloading). */
  startedLate: is.flag,
});
export interface RealmInfo extends Infer<typeof realmInfo> {}
export type RealmKind = RealmInfo['kind'];

/** A section of a module's binary. */
export const sectionRow = is.record({
  /** Section id as in the binary format (core specification, 5.5.2). */
  id: is.count,
  /** `type`, `import`, …; a custom section's own name. */
  name: is.pageText,
  /** Bytes of the section's payload. */
  size: is.bytes,
});
export interface SectionRow extends Infer<typeof sectionRow> {}

/** A function body of the code section. */
export const bodyRow = is.record({
  /** Function index. */
  index: is.count,
  /** From the name section or an export; null if stripped. */
  name: is.nullable(is.pageText),
  /** Bytes of the body. */
  size: is.bytes,
});
export interface BodyRow extends Infer<typeof bodyRow> {}

/** How many imports or exports a module has, by kind. */
export const importExportCounts = is.record({
  /** Functions. */
  function: is.count,
  /** Tables. */
  table: is.count,
  /** Memories. */
  memory: is.count,
  /** Globals. */
  global: is.count,
  /** Exception tags. */
  tag: is.count,
});
export interface ImportExportCounts extends Infer<typeof importExportCounts> {}

/** The module of another realm that was posted to this one. */
export const moduleOrigin = is.record({
  /** The realm that had it first. */
  realm: is.realmId,
  /** Its id there. */
  module: is.idOf('module'),
});

/** What a module consists of: the same in every realm that it was posted to. */
const contentFields = {
  /** URL of the request that it came from; null if there was none. */
  url: is.nullable(is.pageText),
  /** Size of the module. */
  bytes: is.nullable(is.bytes),
  /** How much of the module was read; null: nothing (yet). */
  bytesRead: is.nullable(is.oneOf('all', 'head')),
  /** Number of imports by kind. */
  imports: is.nullable(importExportCounts),
  /** Number of exports by kind. */
  exports: is.nullable(importExportCounts),
  /** Sections in their order. */
  sections: is.nullable(is.list(sectionRow, 10_000)),
  /** The largest function bodies, at most 200, the largest first. */
  bodies: is.nullable(is.list(bodyRow, 10_000)),
  /** Number of function bodies. */
  bodyCount: is.nullable(is.amount),
  /** Size of all function bodies together. */
  bodyBytes: is.nullable(is.bytes),
  /** `field: value version` of the producers section. */
  producers: is.nullable(is.list(is.text, 1000)),
  /** Proposals that it uses, such as `simd` or `threads`; the session has the standard names. */
  features: is.nullable(is.list(is.text, 1000)),
};

export const moduleContent = is.record(contentFields);

export const moduleRow = is.record(
  {
    /** Number of the module. */
    id: is.idOf('module'),
    /** From the name section, or the name of the file, or `module 3`. */
    name: is.pageText,
    /**
     * The API that gave the page its module; `received`: it came from another realm, IndexedDB or a
     * time before the recording.
     */
    method: is.oneOf(
      'compileStreaming',
      'instantiateStreaming',
      'compile',
      'instantiate',
      'new Module',
      'received',
    ),
    /** Whether it was compiled while it was downloaded. */
    streamed: is.flag,
    /**
     * Why it did not stream (`wrong MIME type`: the engine refused the Response; `rebuilt
     * Response`: the page made it from bytes or a stream); null if it did, or there was nothing to
     * stream.
     */
    notStreamedReason: is.nullable(
      is.oneOf('bytes given', 'wrong MIME type', 'rebuilt Response', 'failed'),
    ),
    /** Whether it was compiled synchronously on a thread that a user waits for. */
    onMainThread: is.flag,
    /** The engine's error if loading failed. */
    error: is.nullable(is.pageText),
    /** The request was sent. */
    requestStart: is.nullable(is.time),
    /** The first byte arrived. */
    responseStart: is.nullable(is.time),
    /** The last byte arrived. */
    responseEnd: is.nullable(is.time),
    /** The page called the compiling API. */
    compileStart: is.nullable(is.time),
    /** The module was compiled. */
    compileEnd: is.nullable(is.time),
    /** The page began to instantiate it. */
    instantiateStart: is.nullable(is.time),
    /** The first instance was ready. */
    instantiateEnd: is.nullable(is.time),
    /** First call of any of its exports. */
    firstCall: is.nullable(is.time),
    /** Instances made so far. */
    instances: is.count,
    /** Bytes over the network including headers, as in Resource Timing; 0 from a cache. */
    transferSize: is.nullable(is.bytes),
    ...contentFields,
  },
  {
    /**
     * Of a module that another realm loaded and posted: which one it is there; null or missing:
     * unknown, or two modules there have the same imports and exports.
     */
    origin: is.nullable(moduleOrigin),
    /** Reserved: digest of the module up to its exports, the same however it was loaded. */
    headDigest: is.nullable(is.text),
  },
);
export interface ModuleRow extends Infer<typeof moduleRow> {}
export type LoadMethod = ModuleRow['method'];
export type NotStreamedReason = NonNullable<ModuleRow['notStreamedReason']>;

/** The memory of another realm that this one shares. */
export const memoryOrigin = is.record({
  /** The realm that had it first. */
  realm: is.realmId,
  /** Its id there. */
  memory: is.idOf('memory'),
});

export const memoryRow = is.record(
  {
    /** Number of the memory. */
    id: is.idOf('memory'),
    /**
     * The module that defines it or was the first to import it; null: made by the page, not yet
     * imported.
     */
    module: is.nullable(is.idOf('module')),
    /** `memory` as exported, `env.memory` as imported. */
    name: is.pageText,
    /** `defined` by a module, or made by script and `imported`. */
    kind: is.oneOf('defined', 'imported'),
    /** Whether threads can share it. */
    shared: is.flag,
    /** Type of its addresses. */
    address: is.oneOf('i32', 'i64'),
    /** Size when it was made. */
    initialPages: is.pages,
    /** Declared maximum; null for none. */
    maximumPages: is.nullable(is.pages),
    /** When it was first seen. */
    firstSeen: is.time,
  },
  {
    /**
     * Of a shared memory: where another realm had it before; null: nowhere; missing: this was not
     * examined.
     */
    origin: is.nullable(memoryOrigin),
  },
);
export interface MemoryRow extends Infer<typeof memoryRow> {}

export const growthRow = is.record({
  /** The memory that grew. */
  memory: is.idOf('memory'),
  /** When. */
  time: is.time,
  /** Size before. */
  fromPages: is.pages,
  /** Size after. */
  toPages: is.pages,
  /** Innermost crossing in progress; null: script outside any crossing. */
  node: is.nullable(is.idOf('node')),
  /** Whether it was noticed at a later crossing or tick, to which `time` and `node` belong then. */
  observedLate: is.flag,
});
export interface GrowthRow extends Infer<typeof growthRow> {}

/** A boundary function: an import or export of a module, or a function that only a table holds. */
export const functionRow = is.record({
  /** Number of the function. */
  id: is.idOf('function'),
  /** Its module. */
  module: is.idOf('module'),
  /** How calls reach it. */
  kind: is.oneOf('export', 'import', 'table'),
  /**
   * Name of the export; `module.name` of an import; `table function 12` or the name in the name
   * section.
   */
  name: is.pageText,
  /** Index in the module's function index space; null if unknown. */
  index: is.nullable(is.count),
  /** Such as `(i32, i32) → i64`; null if unknown. */
  signature: is.nullable(is.text),
  /** Why its calls are not counted; null: they are. */
  notMeasuredReason: is.nullable(is.pageText),
});
export interface FunctionRow extends Infer<typeof functionRow> {}
export type FunctionKind = FunctionRow['kind'];

/** Without the rule about parents. */
export const uncheckedNodeColumns = is.columns(
  {
    /** Id of the first new node. */
    first: is.idOf('node'),
  },
  {
    /** The node from which it was called; it has a smaller id. */
    parent: is.idOf('node'),
    /** The function that was called. */
    function: is.idOf('function'),
  },
);
export interface NodeColumns extends Infer<typeof uncheckedNodeColumns> {}

/**
 * New nodes of the crossing tree in order of id. Smaller ids of parents keep forged trees free of
 * cycles.
 */
export const nodeColumns = is.checked(uncheckedNodeColumns, (nodes: NodeColumns, field: string) => {
  nodes.parent.forEach((parent, index) => {
    if (parent >= nodes.first + index)
      is.refuse(`${field}.parent`, 'must be a node that comes earlier');
  });
});

/**
 * What the calls of a node add up to. Calls are timed in two strata: those timed with certainty
 * (the
 * first calls of a node, and every call of a node whose calls are long), and those sampled at
 * random.
 * Each of the latter has a weight w, the number of calls that it stands for, and a duration d.
 * Durations still contain what reading the clock adds (`calibration`).
 */
const callSumFields = {
  /** Number of calls; exact. */
  calls: is.count,
  /** Calls that were timed with certainty. */
  certainCalls: is.count,
  /** Sum of their durations. */
  certainTime: is.estimate,
  /** Calls that were sampled at random. */
  sampledCalls: is.count,
  /** Σ w. */
  weight: is.amount,
  /** Σ w². */
  weightSquared: is.amount,
  /** Σ w·d. */
  weightedTime: is.estimate,
  /** Σ w²·d. */
  weightSquaredTime: is.estimate,
  /** Σ w²·d². */
  weightedTimeSquared: is.squaredDuration,
};
export type CallSum = keyof typeof callSumFields;
/** The columns of crossings that add up over time. */
export const CALL_SUMS = is.columns({}, callSumFields).columnNames;

/** An object with one column for each of them. */
export const callSums = <Column>(make: (name: CallSum) => Column): Record<CallSum, Column> =>
  is.entriesFor(CALL_SUMS, make);

/** What happened on nodes in a step of time: one entry for each node that was called. */
export const crossingColumns = is.columns(
  {
    /** When the step began. */
    from: is.time,
    /** When it ended. */
    to: is.time,
  },
  {
    /** Node of the crossing tree. */
    node: is.idOf('node'),
    ...callSumFields,
  },
);
export interface CrossingColumns extends Infer<typeof crossingColumns> {}

/** What the agent's own work costs in this realm, as measured there. */
export const calibrationRow = is.record({
  /** What reading the clock adds to the duration of a timed call: to be subtracted. */
  clockCost: is.estimate,
  /** Standard error of that. */
  clockCostError: is.duration,
  /** What timing a call costs. */
  timingCost: is.duration,
  /** What counting a call costs: to be subtracted from the calls around it. */
  countingCost: is.duration,
});
export interface CalibrationRow extends Infer<typeof calibrationRow> {}

/**
 * Bytes that script copied out of and into wasm memories in a step of time, by the crossing in
 * progress.
 */
export const copyColumns = is.columns(
  {
    /** When the step began. */
    from: is.time,
    /** When it ended. */
    to: is.time,
  },
  {
    /** The crossing in progress; 0: none. */
    node: is.idOf('node'),
    /** Bytes copied. */
    bytes: is.bytes,
  },
);
export interface CopyColumns extends Infer<typeof copyColumns> {}

/** The same recursion in wasm and in JavaScript, which reveals the tier that wasm runs in. */
export const tierProbeRow = is.record({
  /** When. */
  time: is.time,
  /** How long it took in wasm. */
  wasm: is.duration,
  /** How long it took in JavaScript. */
  js: is.duration,
});
export interface TierProbeRow extends Infer<typeof tierProbeRow> {}

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

export const spanRow = is.record({
  /** What kind of span it is; `gap`: chunks are missing. */
  kind: is.oneOf(
    'mark',
    'measure',
    'longtask',
    'long-animation-frame',
    'vital',
    'navigation',
    'visibility',
    'gap',
  ),
  /** Name of the mark, measure or vital. */
  name: is.pageText,
  /** When it began. */
  start: is.time,
  /** How long it took; 0 for a mark. */
  duration: is.duration,
  /** A vital's value (ms; CLS has no unit); blocking time of a long task or frame, ms. */
  value: is.nullable(is.number),
  /** A vital's rating; the scripts of a long animation frame; `''` for none. */
  detail: is.pageText,
});
export interface SpanRow extends Infer<typeof spanRow> {}
export type SpanKind = SpanRow['kind'];

/** New points of one series. */
export const seriesColumns = is.columns(
  {
    /**
     * `jsHeap`, `workersHeap` (JS heaps of the page's workers together) and `linearMemory` (all of
     * the realm's memories) in bytes; `eventLoopDelay` in ms, the largest since the point before;
     * `framesPerSecond`.
     */
    name: is.oneOf('jsHeap', 'workersHeap', 'eventLoopDelay', 'framesPerSecond', 'linearMemory'),
  },
  {
    /** When. */
    time: is.time,
    /** In the unit of the series. */
    value: is.number,
  },
);
export interface SeriesColumns extends Infer<typeof seriesColumns> {}
export type SeriesName = SeriesColumns['name'];

/** A part of the page that could not be measured, and why, in words for the user. */
export const unmeasuredRow = is.record({
  /** What could not be measured. */
  what: is.pageText,
  /** Why. */
  reason: is.pageText,
  /** How often. */
  count: is.count,
});
export interface UnmeasuredRow extends Infer<typeof unmeasuredRow> {}

/** Rows that did not fit since the chunk before. */
export const droppedRow = is.record({
  /** Which table they belonged to. */
  what: is.oneOf('nodes', 'requests', 'spans', 'growths', 'chunks'),
  /** How many. */
  count: is.count,
});
export interface DroppedRow extends Infer<typeof droppedRow> {}

/** The agent's own work since the chunk before. */
export const overheadRow = is.record({
  /** In trampolines and clock reads; estimated: calls times calibrated cost. */
  crossings: is.estimate,
  /** In hooks of JavaScript APIs. */
  hooks: is.estimate,
  /** Making and handing over chunks. */
  handover: is.estimate,
});
export interface OverheadRow extends Infer<typeof overheadRow> {}
