import type { IDBPTransaction } from 'idb';
import type { Database, StoreSchema } from './database.ts';
import { openDatabase } from './database.ts';
import { storeErrorOf } from './storeError.ts';

export type Writing = IDBPTransaction<StoreSchema, ('sessions' | 'segments')[], 'readwrite'>;

/** A connection to the database that is opened again after the browser has closed it. */
export interface Connection {
  /** Runs work on the open database. If the database closes meanwhile, repeats the work once. */
  read<Result>(work: (database: Database) => Promise<Result>): Promise<Result>;
  /**
   * Runs work in one transaction with strict durability: when this resolves, the changes are on the
   * disk, as the browser may die right after.
   */
  write<Result>(work: (transaction: Writing) => Promise<Result>): Promise<Result>;
  close(): void;
}

/** @throws StoreError */
export async function connectTo(name: string): Promise<Connection> {
  /** Shared by calls that find the database closed at the same time. */
  let database: Promise<Database> | null = null;

  function connect(): Promise<Database> {
    if (database) return database;
    const forget = (): void => {
      if (database === opening) database = null;
    };
    const opening = openDatabase(name, forget);
    database = opening;
    opening.catch(forget);
    return opening;
  }

  async function read<Result>(work: (database: Database) => Promise<Result>): Promise<Result> {
    for (let attempt = 1; ; attempt++) {
      const connection = connect();
      try {
        return await work(await connection);
      } catch (error) {
        const known = storeErrorOf(error);
        if (known.problem !== 'closed' || attempt > 1) throw known;
        if (database === connection) database = null;
      }
    }
  }

  await connect();
  return {
    read,
    write: (work) => read((open) => inTransaction(open, work)),
    close() {
      // A failure to open has already been reported to the caller that asked for it.
      database?.then(
        (opened) => opened.close(),
        () => {},
      );
      database = null;
    },
  };
}

async function inTransaction<Result>(
  database: Database,
  work: (transaction: Writing) => Promise<Result>,
): Promise<Result> {
  const transaction = database.transaction(['sessions', 'segments'], 'readwrite', {
    durability: 'strict',
  });
  // A full disk may show only at commit: then the transaction aborts although no request failed.
  const { done } = transaction;
  let result: Result;
  try {
    result = await work(transaction);
  } catch (error) {
    done.catch(() => {}); // the same failure again
    // If the transaction aborted, pending requests report only that; it holds the reason.
    const reason = transaction.error ?? error;
    try {
      transaction.abort();
    } catch {
      // It has already aborted.
    }
    throw reason;
  }
  await done;
  return result;
}
