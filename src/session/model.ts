import type {
  CalibrationRow,
  CallSum,
  CopyColumns,
  CrossingColumns,
  DroppedRow,
  FunctionRow,
  GrowthRow,
  MemoryRow,
  ModuleRow,
  OverheadRow,
  RealmInfo,
  RequestRow,
  SeriesColumns,
  SpanRow,
  TierProbeRow,
  UnmeasuredRow,
} from '../protocol/rows.ts';
import type { SessionInfo } from './info.ts';

export { CALL_SUMS, callSums } from '../protocol/rows.ts';
export type { Conditions, SessionInfo, SessionState } from './info.ts';

// The session as the views and the analysis see it: tables with session-wide indices, times in
// milliseconds since `origin`. It is folded from segments (segment.ts, fold.ts).

export type RealmIndex = number;
export type ModuleIndex = number;
export type MemoryIndex = number;
export type FunctionIndex = number;
export type NodeIndex = number;

export interface Realm extends RealmInfo {
  id: string;
  /** Its time origin, ms after the session's. */
  offset: number;
  /** Time of its last segment. */
  lastSeen: number;
  overhead: OverheadRow;
  calibration: CalibrationRow;
  tierProbes: TierProbeRow[];
  /** Whether its last segment arrived: false after a crash or kill. */
  ended: boolean;
}

/** A row with its realm, and with ids that the session replaces by its own. */
type InRealm<Row, Ids extends keyof Row = never> = Omit<Row, 'id' | Ids> & { realm: RealmIndex };

export interface Module extends InRealm<ModuleRow, 'origin'> {
  /**
   * The module of another realm that was posted to this one; size and contents are that module's.
   */
  origin: ModuleIndex | null;
}
/** A memory; a shared one is listed once, in the realm that had it first. */
export interface Memory extends InRealm<MemoryRow, 'module' | 'origin'> {
  module: ModuleIndex | null;
  /** The other realms that share it. */
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
export interface Series extends SeriesColumns {
  realm: RealmIndex;
}

/**
 * The crossing trees of all realms. Entry i describes node i; each realm's root has parent −1 and
 * function −1.
 */
export interface NodeTable {
  length: number;
  parent: Int32Array;
  function: Int32Array;
  realm: Int32Array;
}

/** The calls of one realm in one step of time, in columns of equal length (CrossingColumns). */
export interface CrossingInterval
  extends Omit<CrossingColumns, 'node' | CallSum>,
    Record<CallSum, Float64Array> {
  realm: RealmIndex;
  node: Int32Array;
}

/** Bytes copied out of and into wasm memories in one step of time, in columns of equal length. */
export interface CopyInterval extends Omit<CopyColumns, 'node' | 'bytes'> {
  realm: RealmIndex;
  /** The crossing in progress; a realm's root: none. */
  node: Int32Array;
  bytes: Float64Array;
}

export interface Session {
  info: SessionInfo;
  /**
   * Epoch ms of time 0 in all tables: the first realm's time origin or the start of the recording,
   * whichever is later.
   */
  origin: number;
  /** Time of the last thing recorded. */
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

/** A range of the session that the views focus on. */
export interface TimeRange {
  from: number;
  to: number;
}
