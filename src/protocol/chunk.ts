import * as reserved from './reserved.ts';
import * as rows from './rows.ts';
import type { Infer } from './shape.ts';
import * as is from './shape.ts';
import { PROTOCOL_VERSION } from './version.ts';

// What comes out of a page can be forged. Everything is checked before it is stored: types, bounds,
// finite numbers, columns of one length. Fields that the schema does not have are dropped.

const key = {
  /** Random id of the realm. */
  realm: is.realmId,
  /** Number of the chunk in its realm: 0, 1, 2, … without gaps. */
  seq: is.count,
  /** When the time that it covers began. */
  from: is.time,
  /** When it ended. */
  to: is.time,
};

const tables = {
  /** What the realm is; in its first chunk. */
  info: rows.realmInfo,
  /** Modules; a row replaces the earlier one of the same `id`. Exact. */
  modules: is.list(rows.moduleRow, 100_000),
  /** Memories; a row replaces the earlier one of the same `id`. Exact. */
  memories: is.list(rows.memoryRow, 100_000),
  /** Requests; a row replaces the earlier one of the same `id`. Exact to the clock. */
  requests: is.list(rows.requestRow, 100_000),
  /** New boundary functions, whose ids continue without gaps. Exact. */
  functions: is.list(rows.functionRow, 1_000_000),
  /** New nodes of the crossing tree, in columns; node 0 is the root. Exact. */
  nodes: rows.nodeColumns,
  /** Growth of memories. Exact at crossings. */
  growths: is.list(rows.growthRow, 100_000),
  /** Marks, measures, long tasks and frames, vitals, time hidden. Exact to the clock. */
  spans: is.list(rows.spanRow, 100_000),
  /** New points of series. As sampled. */
  series: is.list(rows.seriesColumns, 1000),
  /** What could not be measured, why, how often. */
  unmeasured: is.list(rows.unmeasuredRow, 10_000),
  /**
   * Calls per node and step of time: at least one step for each chunk. Counts are exact, times
   * estimated.
   */
  crossings: is.list(rows.crossingColumns, 10_000),
  /** Rows that did not fit, counted. */
  dropped: is.list(rows.droppedRow, 1000),
  /** The agent's own work. Crossings are estimated, the rest is exact. */
  overhead: rows.overheadRow,
  /** What timing and counting a call costs in this realm; replaces the earlier one. Estimated. */
  calibration: rows.calibrationRow,
  /** Now and then: the same recursion in wasm and in JavaScript. Exact to the clock. */
  tierProbes: is.list(rows.tierProbeRow, 1000),
  /** Bytes copied per node and step of time; only if the settings ask for it. Exact. */
  copies: is.list(rows.copyColumns, 10_000),
  /** Why this is the realm's last chunk. */
  end: is.oneOf('stop', 'pagehide'),
  /** Reserved: calls that took long, one by one. */
  longCalls: reserved.longCallColumns,
  /** Reserved: objects that wrap wasm memory. */
  wrappers: is.list(reserved.wrapperRow, 100_000),
  /** Reserved: a sampling profile. */
  profile: reserved.profileTables,
  /** Reserved: what is missing from the counts, with its extent. */
  incomplete: is.list(reserved.incompleteRow, 1000),
};

/** The tables that no version has filled so far. */
export const RESERVED_TABLES = ['longCalls', 'wrappers', 'profile', 'incomplete'] as const;

/** What is stored: a chunk without the protocol's envelope. */
export const segmentShape = is.record(key, tables);

const chunkShape = is.record(
  {
    /** Version of the protocol. */
    protocol: is.count,
    ...key,
  },
  tables,
);

/**
 * What one realm recorded since its chunk before: JSON, about one a second. A chunk is identified
 * by
 * session, realm and `seq`; the same chunk may arrive twice and counts once.
 */
export interface Chunk extends Infer<typeof chunkShape> {}

/** Why a realm's last chunk is its last. */
export type ChunkEnd = NonNullable<Chunk['end']>;

const versionShape = is.record({}, { protocol: is.forgiving(is.nullable(is.number), null) });

/**
 * A chunk as an agent hands it over.
 * @throws ProtocolError if it is not one, or has another protocol version
 */
export function readChunk(text: string): Chunk {
  const value = is.parse(text);
  const { protocol } = versionShape.read(value, 'chunk');
  if (protocol !== PROTOCOL_VERSION) {
    throw new is.ProtocolError(
      'protocol',
      `is ${protocol ?? 'missing'}, not ${PROTOCOL_VERSION}: reload the page after an update of Wasmscope`,
    );
  }
  return chunkShape.read(value, 'chunk');
}

/** A stored segment, already parsed. @throws ProtocolError */
export const readSegment = (value: unknown): Infer<typeof segmentShape> =>
  segmentShape.read(value, 'segment');
