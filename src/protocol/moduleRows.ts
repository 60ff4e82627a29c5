import type { Infer } from './shape.ts';
import * as is from './shape.ts';

// Rows about modules (rows.ts).

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
