import { deleteDB } from 'idb';
import type { SessionInfo } from '../session/model.ts';
import { readAnySegment } from '../session/readAnySegment.ts';
import type { Segment } from '../session/segment.ts';
import { FORMAT_VERSION } from '../session/versions.ts';
import type { Connection, Writing } from './connection.ts';
import { connectTo } from './connection.ts';
import type { SessionRow } from './database.ts';
import { StoreError } from './storeError.ts';

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
  /** Resolves once the segments are on the disk. Segments that are already stored are skipped. */
  append(id: string, segments: readonly Segment[]): Promise<void>;
  /** In order of arrival, starting after number `after`. */
  segments(id: string, after?: number): AsyncIterable<StoredSegment>;
  trash(id: string): Promise<void>;
  restore(id: string): Promise<void>;
  /** Permanently deletes the sessions that have been in the trash for longer than this. */
  purge(olderThanMs?: number): Promise<void>;
  close(): void;
}

const NAME = 'wasmscope';
/** Segments read at a time: one cursor step each would be slow, all at once would not fit. */
const BATCH = 32;

/**
 * Opens the database, or creates it.
 * @throws StoreError `corrupt` if it cannot be opened; then only `resetStore` helps
 */
export async function openStore(name: string = NAME): Promise<SessionStore> {
  const connection = await connectTo(name);
  const { read, write } = connection;
  const change = (id: string, edit: (row: SessionRow) => void): Promise<SessionInfo> =>
    write((transaction) => changeSession(transaction, id, edit));
  return {
    async list() {
      const rows = await read((database) => database.getAll('sessions'));
      return rows
        .filter(({ trashed }) => trashed === null)
        .map(({ info }) => info)
        .sort((a, b) => b.started - a.started);
    },
    async get(id) {
      const row = await read((database) => database.get('sessions', id));
      return row?.trashed === null ? row.info : undefined;
    },
    create: (info) =>
      write(async (transaction) => {
        await transaction.objectStore('sessions').add({ info, trashed: null, last: 0 });
      }),
    update: (id, fields) => change(id, (row) => Object.assign(row.info, fields)),
    append: (id, added) => write((transaction) => appendSegments(transaction, id, added)),
    segments: (id, after = 0) => readSegments(connection, id, after),
    async trash(id) {
      await change(id, (row) => {
        row.trashed = Date.now();
      });
    },
    async restore(id) {
      await change(id, (row) => {
        row.trashed = null;
      });
    },
    async purge(olderThanMs = 0) {
      const rows = await read((database) => database.getAll('sessions'));
      const old = rows.filter(
        ({ trashed }) => trashed !== null && Date.now() - trashed >= olderThanMs,
      );
      for (const { info } of old) {
        await write((transaction) => deleteSession(transaction, info.id));
      }
    },
    close: connection.close,
  };
}

/** Deletes the whole database with all sessions on this machine, for when it is corrupt. */
export async function resetStore(name: string = NAME): Promise<void> {
  await deleteDB(name);
}

async function readSession(transaction: Writing, id: string): Promise<SessionRow> {
  const row = await transaction.objectStore('sessions').get(id);
  if (!row) throw new StoreError('missing');
  return row;
}

async function changeSession(
  transaction: Writing,
  id: string,
  edit: (row: SessionRow) => void,
): Promise<SessionInfo> {
  const row = await readSession(transaction, id);
  edit(row);
  await transaction.objectStore('sessions').put(row);
  return row.info;
}

async function appendSegments(
  transaction: Writing,
  session: string,
  added: readonly Segment[],
): Promise<void> {
  const row = await readSession(transaction, session);
  const segments = transaction.objectStore('segments');
  for (const segment of added) {
    const { realm, seq } = segment;
    const stored = await segments.index('once').getKey([session, realm, seq]);
    if (stored !== undefined) continue;
    row.last++;
    await segments.add({ session, n: row.last, realm, seq, format: FORMAT_VERSION, segment });
    row.info.segments++;
    row.info.bytes += JSON.stringify(segment).length;
  }
  await transaction.objectStore('sessions').put(row);
}

async function deleteSession(transaction: Writing, id: string): Promise<void> {
  const itsSegments = IDBKeyRange.bound([id, 0], [id, Infinity]);
  await transaction.objectStore('segments').delete(itsSegments);
  await transaction.objectStore('sessions').delete(id);
}

async function* readSegments(
  { read }: Connection,
  id: string,
  after: number,
): AsyncGenerator<StoredSegment> {
  for (let from = after; ; ) {
    const rest = IDBKeyRange.bound([id, from], [id, Infinity], true);
    const batch = await read((database) => database.getAll('segments', rest, BATCH));
    for (const row of batch) {
      from = row.n;
      yield { n: row.n, segment: row.format ? row.segment : upgraded(row.segment) };
    }
    if (batch.length < BATCH) return;
  }
}

/** A segment that an older version stored. @throws StoreError `corrupt` if it is not one */
function upgraded(segment: unknown): Segment {
  try {
    return readAnySegment(segment, 1);
  } catch (error) {
    throw new StoreError('corrupt', { cause: error });
  }
}
