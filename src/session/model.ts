import type { Settings } from '../protocol/command.ts';
import type {
  CostRow,
  DroppedRow,
  FunctionRow,
  GrowthRow,
  MemoryRow,
  ModuleRow,
  OverheadRow,
  RealmInfo,
  RequestRow,
  SeriesName,
  SpanRow,
  TierRow,
  UnmeasuredRow,
} from '../protocol/rows.ts';

// The session as the views and the analysis see it: tables with session-wide indices, times in
// milliseconds since `origin`. It is folded from segments (segment.ts, fold.ts).

export type RealmIndex = number;
export type ModuleIndex = number;
export type MemoryIndex = number;
export type FunctionIndex = number;
export type NodeIndex = number;

export type SessionState =
  | 'recording'
  | 'complete'
  /** Ended without Stop: browser closed, disk full, … `reason` says so. */
  | 'cut';

/** Known of a session without reading its tables: a row of the list. */
export interface SessionInfo {
  /** UUID. */
  id: string;
  name: string;
  note: string;
  /** URL recorded, without query and fragment unless asked for. */
  page: string;
  /** Epoch ms. */
  started: number;
  ended: number | null;
  state: SessionState;
  /** Why it was cut short; '' otherwise. */
  reason: string;
  source: 'extension' | 'cli' | 'agent';
  /** 'reload': the agent was there before the page's first script. 'attach': modules loaded before are not measured. */
  mode: 'reload' | 'attach';
  settings: Settings;
  conditions: Conditions;
  /** Bytes stored, segments stored. */
  bytes: number;
  segments: number;
}

/** Session-wide part of the validity; each realm's part is in its RealmInfo. */
export interface Conditions {
  browser: string;
  platform: string;
  /** Wasmscope's version. */
  version: string;
  /** Whether DevTools was open on the tab, `mixed` for a part of the recording: then wasm times are about 10× too long. */
  devtools: 'open' | 'closed' | 'mixed' | 'unknown';
  /** What was changed on purpose, e.g. `warm cache, CPU 4× slower`; missing: nothing. */
  setup?: string;
}

export interface Realm extends RealmInfo {
  id: string;
  /** Epoch ms of its time origin minus the session's origin. */
  offset: number;
  /** Last time heard of, ms since the session's origin. */
  lastSeen: number;
  overhead: OverheadRow;
  costs: CostRow;
  /** Times since the session's origin. */
  tiers: TierRow[];
  /** False where its last segment is missing its end (crash, kill). */
  ended: boolean;
}

type InRealm<Row, Ids extends keyof Row = never> = Omit<Row, 'id' | Ids> & { realm: RealmIndex };

export interface Module extends InRealm<ModuleRow, 'same'> {
  /** The module of another realm that it is, posted from there; its size and parts are that one's. */
  same: ModuleIndex | null;
}
/** A shared memory is there once, as the realm has it that had it first. */
export interface Memory extends InRealm<MemoryRow, 'module' | 'same'> {
  module: ModuleIndex | null;
  /** The other realms that have it. */
  sharedWith: RealmIndex[];
}
export interface Growth extends Omit<GrowthRow, 'memory' | 'node'> {
  memory: MemoryIndex;
  node: NodeIndex | null;
}
export interface BoundaryFunction extends InRealm<FunctionRow, 'module'> {
  module: ModuleIndex;
}
export interface Request extends InRealm<RequestRow> {}
export interface Span extends SpanRow {
  realm: RealmIndex;
}
export interface Unmeasured extends UnmeasuredRow {
  realm: RealmIndex;
}

/** The crossing trees of all realms. Entry i describes node i; each realm's root has parent −1, function −1. */
export interface NodeTable {
  length: number;
  parent: Int32Array;
  function: Int32Array;
  realm: Int32Array;
}

/** Crossing deltas of one realm over one stretch of time; columns of one length, meaning as in CrossingColumns. */
export interface CrossingInterval {
  realm: RealmIndex;
  from: number;
  to: number;
  node: Int32Array;
  calls: Float64Array;
  certain: Float64Array;
  certainTime: Float64Array;
  timed: Float64Array;
  weight: Float64Array;
  weight2: Float64Array;
  time: Float64Array;
  time2: Float64Array;
  square: Float64Array;
}

/** Bytes copied out of and into wasm memories in one stretch of a realm; columns of one length. */
export interface CopyInterval {
  realm: RealmIndex;
  from: number;
  to: number;
  /** The crossing under way; a realm's root: none. */
  node: Int32Array;
  bytes: Float64Array;
}

/** The columns of an interval that add up over time. */
export const CALL_SUMS = [
  'calls',
  'certain',
  'certainTime',
  'timed',
  'weight',
  'weight2',
  'time',
  'time2',
  'square',
] as const;

/** An object with a column for each of them. */
export const callSums = <Column>(
  of: (name: (typeof CALL_SUMS)[number]) => Column,
): Record<(typeof CALL_SUMS)[number], Column> =>
  Object.fromEntries(CALL_SUMS.map((name) => [name, of(name)])) as Record<
    (typeof CALL_SUMS)[number],
    Column
  >;

export interface Series {
  realm: RealmIndex;
  name: SeriesName;
  at: number[];
  value: number[];
}

export interface Session {
  info: SessionInfo;
  /** Epoch ms that time 0 of all tables stands for: the first realm's time origin or the recording's start, whichever is later. */
  origin: number;
  /** ms since origin of the last thing recorded. */
  duration: number;
  realms: Realm[];
  modules: Module[];
  memories: Memory[];
  growths: Growth[];
  functions: BoundaryFunction[];
  nodes: NodeTable;
  /** In order of `from`. */
  intervals: CrossingInterval[];
  copies: CopyInterval[];
  requests: Request[];
  spans: Span[];
  series: Series[];
  unmeasured: Unmeasured[];
  dropped: DroppedRow[];
}

/** A stretch of the session that the views are narrowed to, ms since origin. */
export interface TimeRange {
  from: number;
  to: number;
}
