import type { DBSchema, IDBPDatabase, IDBPTransaction } from 'idb';
import { deleteDB, openDB } from 'idb';
import type { SessionInfo } from '../session/model.ts';
import { readAnySegment } from '../session/readAnySegment.ts';
import type { Segment } from '../session/segment.ts';
import { FORMAT_VERSION } from '../session/versions.ts';
import { StoreError, storeErrorOf } from './storeError.ts';

/** A segment and its arrival number within the session, from 1. */
export interface StoredSegment {
  n: number;
  segment: Segment;
}

/** The sessions on this machine, in IndexedDB. All methods reject with StoreError. */
export interface SessionStore {
  /** Newest first, without those in the trash. */
  list(): Promise<SessionInfo[]>;
  get(id: string): Promise<SessionInfo | undefined>;
  create(info: SessionInfo): Promise<void>;
  update(id: string, change: Partial<Omit<SessionInfo, 'id'>>): Promise<SessionInfo>;
  /** Resolves once the segments are on the disk. One that is there already is passed over. */
  append(id: string, segments: readonly Segment[]): Promise<void>;
  /** In order of arrival, from the one behind number `after`. */
  segments(id: string, after?: number): AsyncIterable<StoredSegment>;
  trash(id: string): Promise<void>;
  restore(id: string): Promise<void>;
  /** Deletes for good what has been in the trash for longer than this. */
  purge(olderThanMs?: number): Promise<void>;
  close(): void;
}

type StoredRow = { session: string; n: number; realm: string; seq: number } & (
  | { format: typeof FORMAT_VERSION; segment: Segment }
  /** Of format 1 or 2: the database did not say which. */
  | { format?: never; segment: unknown }
);

interface Schema extends DBSchema {
  sessions: { key: string; value: { info: SessionInfo; trashed: number | null; last: number } };
  segments: {
    key: [string, number];
    value: StoredRow;
    indexes: { once: [string, string, number] };
  };
}

const NAME = 'wasmscope';
/** 2: segments say which format they have. */
const VERSION = 2;
/** Segments read at a time: a cursor step each would be slow, all at once would not fit. */
const BATCH = 32;

type Database = IDBPDatabase<Schema>;
type Writing = IDBPTransaction<Schema, ('sessions' | 'segments')[], 'readwrite'>;

/**
 * Opens the database, making it where there is none.
 * @throws StoreError `corrupt` where it cannot be opened: `resetStore` is the way out then
 */
export async function openStore(name: string = NAME): Promise<SessionStore> {
  /** One at a time, also where several calls find it closed at once. */
  let database: Promise<Database> | null = null;
  await connect();

  function connect(): Promise<Database> {
    if (database) return database;
    const opening = open(name, () => {
      if (database === opening) database = null;
    });
    database = opening;
    opening.catch(() => {
      if (database === opening) database = null;
    });
    return opening;
  }

  /**
   * Runs work on an open database; where it was closed under us, opens it again and repeats the
   * work once.
   */
  async function work<Result>(run: (database: Database) => Promise<Result>): Promise<Result> {
    for (let attempt = 1; ; attempt++) {
      const connection = connect();
      try {
        return await run(await connection);
      } catch (error) {
        const known = storeErrorOf(error);
        if (known.problem !== 'closed' || attempt > 1) throw known;
        if (database === connection) database = null;
      }
    }
  }

  /**
   * One strictly durable transaction: saved means on the disk, as a browser may die right after.
   */
  async function write<Result>(run: (transaction: Writing) => Promise<Result>): Promise<Result> {
    return work(async (open) => {
      const transaction = open.transaction(['sessions', 'segments'], 'readwrite', {
        durability: 'strict',
      });
      // A full disk may show only at commit, where the transaction aborts and no request fails.
      const done = transaction.done;
      let result: Result;
      try {
        result = await run(transaction);
      } catch (error) {
        done.catch(() => {}); // the same failure again
        // Where the transaction has aborted by itself, requests under way only hear that it did; it
        // knows why.
        const reason = transaction.error ?? error;
        try {
          transaction.abort();
        } catch {
          // It has aborted by itself.
        }
        throw reason;
      }
      await done;
      return result;
    });
  }

  async function change(
    id: string,
    run: (row: Schema['sessions']['value']) => void,
  ): Promise<SessionInfo> {
    return write(async (transaction) => {
      const sessions = transaction.objectStore('sessions');
      const row = await sessions.get(id);
      if (!row) throw new StoreError('missing');
      run(row);
      await sessions.put(row);
      return row.info;
    });
  }

  async function* segments(id: string, after = 0): AsyncGenerator<StoredSegment> {
    for (let from = after; ; ) {
      const batch = await work((open) =>
        open.getAll('segments', IDBKeyRange.bound([id, from], [id, Infinity], true), BATCH),
      );
      for (const row of batch) {
        from = row.n;
        yield { n: row.n, segment: row.format ? row.segment : upgraded(row.segment) };
      }
      if (batch.length < BATCH) return;
    }
  }

  return {
    async list() {
      const rows = await work((open) => open.getAll('sessions'));
      return rows
        .filter(({ trashed }) => trashed === null)
        .map(({ info }) => info)
        .sort((a, b) => b.started - a.started);
    },
    async get(id) {
      const row = await work((open) => open.get('sessions', id));
      return row?.trashed === null ? row.info : undefined;
    },
    create: (info) =>
      write(async (transaction) => {
        await transaction.objectStore('sessions').add({ info, trashed: null, last: 0 });
      }),
    update: (id, fields) => change(id, (row) => Object.assign(row.info, fields)),
    append: (id, added) =>
      write(async (transaction) => {
        const sessions = transaction.objectStore('sessions');
        const store = transaction.objectStore('segments');
        const row = await sessions.get(id);
        if (!row) throw new StoreError('missing');
        for (const segment of added) {
          if ((await store.index('once').getKey([id, segment.realm, segment.seq])) !== undefined)
            continue;
          row.last++;
          await store.add({
            session: id,
            n: row.last,
            realm: segment.realm,
            seq: segment.seq,
            format: FORMAT_VERSION,
            segment,
          });
          row.info.segments++;
          row.info.bytes += JSON.stringify(segment).length;
        }
        await sessions.put(row);
      }),
    segments,
    trash: async (id) => {
      await change(id, (row) => {
        row.trashed = Date.now();
      });
    },
    restore: async (id) => {
      await change(id, (row) => {
        row.trashed = null;
      });
    },
    async purge(olderThanMs = 0) {
      const rows = await work((open) => open.getAll('sessions'));
      const old = rows.filter(
        ({ trashed }) => trashed !== null && Date.now() - trashed >= olderThanMs,
      );
      for (const {
        info: { id },
      } of old) {
        await write(async (transaction) => {
          await transaction
            .objectStore('segments')
            .delete(IDBKeyRange.bound([id, 0], [id, Infinity]));
          await transaction.objectStore('sessions').delete(id);
        });
      }
    },
    close() {
      // One that could not be opened has told so to whoever asked for it.
      database?.then(
        (opened) => opened.close(),
        () => {},
      );
      database = null;
    },
  };
}

/**
 * Deletes the whole database: the way out where it is corrupt. All sessions on this machine are
 * lost.
 */
export async function resetStore(name: string = NAME): Promise<void> {
  await deleteDB(name);
}

/** A segment that an older version stored. @throws StoreError `corrupt` if it is not one */
function upgraded(segment: unknown): Segment {
  try {
    return readAnySegment(segment, 1);
  } catch (error) {
    throw new StoreError('corrupt', { cause: error });
  }
}

async function open(name: string, lost: () => void): Promise<Database> {
  let database: Database;
  try {
    database = await openDB<Schema>(name, VERSION, {
      upgrade(fresh, from) {
        // Segments of version 1 are upgraded when they are read.
        if (from >= 1) return;
        fresh.createObjectStore('sessions', { keyPath: 'info.id' });
        const segments = fresh.createObjectStore('segments', { keyPath: ['session', 'n'] });
        segments.createIndex('once', ['session', 'realm', 'seq'], { unique: true });
      },
      // A newer Wasmscope wants the database: let it.
      blocking: () => {
        database.close();
        lost();
      },
      terminated: lost,
    });
  } catch (error) {
    const known = storeErrorOf(error);
    throw known.problem === 'failed' ? new StoreError('corrupt', { cause: error }) : known;
  }
  return database;
}
