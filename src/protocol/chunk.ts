import type {
  CopyColumns,
  CostRow,
  CrossingColumns,
  DroppedRow,
  FunctionRow,
  GrowthRow,
  MemoryRow,
  ModuleRow,
  NodeColumns,
  OverheadRow,
  RealmInfo,
  RequestRow,
  SeriesColumns,
  SpanRow,
  TierRow,
  UnmeasuredRow,
} from './rows.ts';

/** Why a realm's last chunk is its last. */
export type ChunkEnd = 'stop' | 'pagehide';

/**
 * What one realm recorded since its chunk before: JSON, about one a second. A chunk is known by session,
 * realm and `seq`; the same chunk may come twice and counts once.
 */
export interface Chunk {
  protocol: number;
  /** Random id of the realm. */
  realm: string;
  /** 0, 1, 2, … without gaps. */
  seq: number;
  /** The stretch it covers, ms since the realm's time origin. */
  from: number;
  to: number;
  /** In chunk 0. */
  info?: RealmInfo;
  /** Rows replace earlier ones of the same id. */
  modules?: ModuleRow[];
  memories?: MemoryRow[];
  requests?: RequestRow[];
  /** Rows are appended; ids count on without gaps. */
  functions?: FunctionRow[];
  nodes?: NodeColumns;
  growths?: GrowthRow[];
  spans?: SpanRow[];
  series?: SeriesColumns[];
  unmeasured?: UnmeasuredRow[];
  /** Deltas. */
  crossings?: CrossingColumns;
  dropped?: DroppedRow[];
  overhead?: OverheadRow;
  /** Replaces the one before. */
  costs?: CostRow;
  tiers?: TierRow[];
  /** Deltas; only where the settings ask for copies. */
  copies?: CopyColumns;
  end?: ChunkEnd;
}
