import type { Infer } from './shape.ts';
import * as is from './shape.ts';

// The rows that an agent reports. Their shapes are the only definition of their fields: types,
// validation, empty rows, the JSON schema and the table in docs/session-format.md follow from them
// (npm run docs). Ids are small integers that count from 0 within the realm.

export * from './crossingRows.ts';
export * from './moduleRows.ts';
export * from './requestRows.ts';

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
