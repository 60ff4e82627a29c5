// The rows that an agent reports. Every time is in milliseconds since the realm's time origin, every
// duration in milliseconds, every size in bytes, unless its name says otherwise. Ids are small
// integers that count from 0 within the realm.

/** Identifiers within one realm. */
export type ModuleId = number;
export type MemoryId = number;
export type FunctionId = number;
/** Node 0 is the root of the realm's crossing tree: "no crossing under way". */
export type NodeId = number;

export type RealmKind = 'page' | 'frame' | 'worker' | 'sharedworker' | 'serviceworker';

/** What a realm says of itself in its first chunk. */
export interface RealmInfo {
  kind: RealmKind;
  /** Without query and fragment unless the user asked for them. */
  url: string;
  /** Worker or frame name, '' where it has none. */
  name: string;
  /** Epoch milliseconds of the realm's time origin (`performance.timeOrigin`). */
  timeOrigin: number;
  crossOriginIsolated: boolean;
  /** Smallest step of `performance.now` seen, ms. */
  clockResolution: number;
  userAgent: string;
  hardwareConcurrency: number;
  /** True where the agent came after page scripts (recording without reloading). */
  late: boolean;
}

/** By which API the page got its module. */
export type LoadMethod =
  | 'compileStreaming'
  | 'instantiateStreaming'
  | 'compile'
  | 'instantiate'
  | 'new Module'
  /** A Module that came from elsewhere: another realm, IndexedDB, a time before the recording. */
  | 'received';

/** Why a load did not stream. `null` in the row means that it streamed, or that there was nothing to stream. */
export type NotStreamedReason =
  | 'bytes given' // compile, instantiate or new Module on a buffer
  | 'wrong MIME type' // the engine refused the Response; `error` holds its words
  | 'rebuilt Response' // a Response that the page made itself, from bytes or a stream
  | 'failed';

export interface SectionRow {
  /** Section id as in the binary format, section 5.5.2 of the core specification. */
  id: number;
  /** 'type', 'import', …; for custom sections their own name. */
  name: string;
  /** Bytes of the section's payload. */
  size: number;
}

/** A function body of the code section: what the treemap shows. */
export interface BodyRow {
  index: number;
  /** From the name section or an export; null where stripped. */
  name: string | null;
  size: number;
}

export interface ImportExportCounts {
  function: number;
  table: number;
  memory: number;
  global: number;
  tag: number;
}

export interface ModuleRow {
  id: ModuleId;
  /** URL of the request where there is one, else null. */
  url: string | null;
  /** From the name section, or the file's name, or `module 3`. */
  name: string;
  method: LoadMethod;
  streamed: boolean;
  notStreamed: NotStreamedReason | null;
  /** Whether it was compiled synchronously on a thread that a user waits for. */
  onMainThread: boolean;
  /** The engine's error where loading failed. */
  error: string | null;
  /** Phases; null where unknown or not reached. */
  requestStart: number | null;
  responseStart: number | null;
  responseEnd: number | null;
  /** When the page called the compiling API. */
  compileStart: number | null;
  compileEnd: number | null;
  instantiateStart: number | null;
  instantiateEnd: number | null;
  /** First call of any of its exports. */
  firstCall: number | null;
  /** Instances made so far. */
  instances: number;
  /** Bytes over the network with headers (Resource Timing transferSize); null where not to be had; 0 from a cache. */
  wireBytes: number | null;
  /** Bytes of the module itself. */
  bytes: number | null;
  /** Where the bytes were read: at hand, or only the head of a stream. Null: not (yet) read. */
  bytesSeen: 'all' | 'head' | null;
  imports: ImportExportCounts | null;
  exports: ImportExportCounts | null;
  sections: SectionRow[] | null;
  /** The largest bodies, at most 200, largest first. */
  bodies: BodyRow[] | null;
  /** Number of bodies, and their bytes together. */
  bodyCount: number | null;
  bodyBytes: number | null;
  /** `field: value version` of the producers section. */
  producers: string[] | null;
  /** Proposals used, e.g. 'threads' or, by the toolchain's names, 'atomics'; sessions have the standard names. */
  features: string[] | null;
  /** Of one that came from another realm: which module it is there. Null: not known, or two there look alike. */
  same?: { realm: string; module: ModuleId } | null;
}

export interface MemoryRow {
  id: MemoryId;
  /** Module that defines or first imports it; null: made by the page and not yet imported. */
  module: ModuleId | null;
  /** `memory` as exported or `env.memory` as imported. */
  name: string;
  /** 'own' is defined in a module, 'imported' was made by script. */
  kind: 'own' | 'imported';
  shared: boolean;
  address: 'i32' | 'i64';
  /** In pages of 64 KiB. */
  initialPages: number;
  /** Declared maximum, null for none. */
  maximumPages: number | null;
  /** When first seen. */
  at: number;
  /** Of a shared memory: where another realm had it before; null: nowhere. Left out where that was not looked at. */
  same?: { realm: string; memory: MemoryId } | null;
}

export interface GrowthRow {
  memory: MemoryId;
  at: number;
  fromPages: number;
  toPages: number;
  /** Innermost crossing during which it happened; null: by script outside any crossing. */
  node: NodeId | null;
  /** True where the growth was seen at a later crossing or tick, not at the growth itself. */
  late: boolean;
}

export type FunctionKind = 'export' | 'import' | 'table';

/** A boundary function: an import or export of a module, or a function that only a table holds. */
export interface FunctionRow {
  id: FunctionId;
  module: ModuleId;
  kind: FunctionKind;
  /** Export name; `module.name` of an import; `table function 12`, or its name-section name. */
  name: string;
  /** Function index in the module's index space; null where unknown. */
  index: number | null;
  /** E.g. `(i32, i32) → i64`; null where not known. */
  signature: string | null;
  /** Why its calls are not counted; null: they are. */
  notMeasured: string | null;
}

/** New nodes of the crossing tree, in order of id; `first` is the first one's id. */
export interface NodeColumns {
  first: NodeId;
  parent: NodeId[];
  function: FunctionId[];
}

/**
 * What happened on nodes between two chunks: deltas, one entry a node that changed, columns of one length.
 * Two strata: calls timed for certain (the first calls of a node, and every call of a node whose calls are
 * long) and calls timed at random. The latter have a weight w, the number of calls that each stands for, and a
 * duration d, ms. Durations still contain what the clock's reading adds (CostRow).
 */
export interface CrossingColumns {
  node: NodeId[];
  calls: number[];
  /** Calls that were timed with probability 1, and the sum of their durations. */
  certain: number[];
  certainTime: number[];
  /** Calls timed at random, Σw, Σw². */
  timed: number[];
  weight: number[];
  weight2: number[];
  /** Σwd (ms), Σw²d (ms), Σw²d² (ms²). */
  time: number[];
  time2: number[];
  square: number[];
}

/** What the agent's own work costs in this realm, measured there, ms. */
export interface CostRow {
  /** What the clock's reading adds to a timed call's duration, and the standard error of that. */
  clock: number;
  clockError: number;
  /** What timing a call costs. */
  pair: number;
  /** What counting a call costs. */
  count: number;
}

/** Bytes that script copied out of and into wasm memories between two chunks, by the crossing under way. */
export interface CopyColumns {
  node: NodeId[];
  bytes: number[];
}

/** One recursion in wasm and in JavaScript, for telling the tier that wasm runs in; durations in ms. */
export interface TierRow {
  at: number;
  wasm: number;
  js: number;
}

export type CacheUse = 'network' | 'cache' | 'revalidated' | 'unknown';

export interface StreamFigures {
  firstChunk: number;
  lastChunk: number;
  chunks: number;
  bytes: number;
  /** Largest gap between two chunks, and the median gap. */
  maxGap: number;
  medianGap: number;
  /** How the body ended, as far as seen. */
  end: 'complete' | 'cancelled' | 'error' | 'open';
}

/** One request: from the Fetch hook, Resource Timing, or both joined. Phase names as in Resource Timing. */
export interface RequestRow {
  id: number;
  /** Without query and fragment unless the user asked for them. */
  url: string;
  method: string;
  /** `fetch`, `xmlhttprequest`, or Resource Timing's initiatorType; `navigation` for the document. */
  initiator: string;
  status: number | null;
  /** ALPN id: h2, h3, http/1.1; '' where hidden. */
  protocol: string;
  contentType: string;
  startTime: number;
  redirectStart: number | null;
  redirectEnd: number | null;
  fetchStart: number | null;
  domainLookupStart: number | null;
  domainLookupEnd: number | null;
  connectStart: number | null;
  secureConnectionStart: number | null;
  connectEnd: number | null;
  requestStart: number | null;
  responseStart: number | null;
  responseEnd: number | null;
  /** When the page first used the Response, which is when its promise settled where it was awaited; null: not seen. */
  headersAt: number | null;
  transferSize: number | null;
  encodedBodySize: number | null;
  decodedBodySize: number | null;
  cache: CacheUse;
  /** Whether an open connection was used; null where timing is hidden. */
  connectionReused: boolean | null;
  /** Set where the body was read in chunks. */
  stream: StreamFigures | null;
  error: string | null;
}

export type SpanKind =
  | 'mark'
  | 'measure'
  | 'longtask'
  | 'long-animation-frame'
  | 'vital'
  | 'navigation'
  | 'visibility'
  | 'gap';

export interface SpanRow {
  kind: SpanKind;
  name: string;
  start: number;
  /** 0 for a mark. */
  duration: number;
  /** A vital's value in its own unit (ms; none for CLS); blocking time of a long task or frame. */
  value: number | null;
  /** A vital's rating; the scripts of a long animation frame; '' for none. */
  detail: string;
}

export type SeriesName =
  | 'jsHeap' // bytes
  | 'workersHeap' // bytes, JS heaps of the page's workers together
  | 'eventLoopDelay' // ms, largest in the interval
  | 'framesPerSecond'
  | 'linearMemory'; // bytes, all of the realm's memories

/** New points of one series. */
export interface SeriesColumns {
  name: SeriesName;
  at: number[];
  value: number[];
}

/** A part of the page that could not be measured, and why, in words for the user. */
export interface UnmeasuredRow {
  what: string;
  reason: string;
  count: number;
}

/** Counts of what had to be dropped, since the chunk before. */
export interface DroppedRow {
  what: 'nodes' | 'requests' | 'spans' | 'growths' | 'chunks';
  count: number;
}

/** The agent's own cost since the chunk before, ms. */
export interface OverheadRow {
  /** In trampolines and clock reads: calls times calibrated cost. */
  crossings: number;
  /** In hooks of JavaScript APIs. */
  hooks: number;
  /** Making and handing over chunks. */
  handover: number;
}
