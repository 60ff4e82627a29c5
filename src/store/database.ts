import type { DBSchema, IDBPDatabase } from 'idb';
import { openDB } from 'idb';
import type { SessionInfo } from '../session/model.ts';
import type { Segment } from '../session/segment.ts';
import type { FORMAT_VERSION } from '../session/versions.ts';
import { StoreError, storeErrorOf } from './storeError.ts';

export interface SessionRow {
  info: SessionInfo;
  /** When it was moved to the trash, ms since 1970; null: it is not in the trash. */
  trashed: number | null;
  /** Number of the segment that arrived last. */
  last: number;
}

export type SegmentRow = { session: string; n: number; realm: string; seq: number } & (
  | { format: typeof FORMAT_VERSION; segment: Segment }
  /** Of format 1 or 2: the database did not say which. */
  | { format?: never; segment: unknown }
);

export interface StoreSchema extends DBSchema {
  sessions: { key: string; value: SessionRow };
  segments: {
    key: [string, number];
    value: SegmentRow;
    indexes: { once: [string, string, number] };
  };
}

export type Database = IDBPDatabase<StoreSchema>;

/** 2: segments say which format they have. */
const VERSION = 2;

/**
 * Opens the database, or creates it.
 * @param onLost called when the browser or a newer Wasmscope closes it
 * @throws StoreError
 */
export async function openDatabase(name: string, onLost: () => void): Promise<Database> {
  let database: Database;
  try {
    database = await openDB<StoreSchema>(name, VERSION, {
      upgrade(fresh, from) {
        // Segments of version 1 are upgraded when they are read.
        if (from >= 1) return;
        fresh.createObjectStore('sessions', { keyPath: 'info.id' });
        const segments = fresh.createObjectStore('segments', { keyPath: ['session', 'n'] });
        segments.createIndex('once', ['session', 'realm', 'seq'], { unique: true });
      },
      // A newer Wasmscope waits to upgrade the database.
      blocking: () => {
        database.close();
        onLost();
      },
      terminated: onLost,
    });
  } catch (error) {
    const known = storeErrorOf(error);
    throw known.problem === 'failed' ? new StoreError('corrupt', { cause: error }) : known;
  }
  return database;
}
