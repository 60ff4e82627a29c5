export type StoreProblem = 'quota' | 'corrupt' | 'closed' | 'missing' | 'newer' | 'failed';

const ADVICE: Record<StoreProblem, string> = {
  quota:
    'The disk or the browser’s storage is full. Export and delete old sessions, then record again.',
  corrupt:
    'The session database cannot be opened. Restart the browser. If that does not help, reset the database.',
  closed: 'The database was closed while it was in use. Open the panel again.',
  missing: 'This session has been deleted.',
  newer: 'A newer Wasmscope has changed the database. Update Wasmscope, or reload the extension.',
  failed: 'The browser could not save the session. Restart the browser, then record again.',
};

/** The database failed; the message tells the user what to do next. */
export class StoreError extends Error {
  constructor(
    readonly problem: StoreProblem,
    options?: { cause: unknown },
  ) {
    super(ADVICE[problem], options);
    this.name = 'StoreError';
  }
}

/** Turns what the database threw into a StoreError. */
export function storeErrorOf(error: unknown): StoreError {
  if (error instanceof StoreError) return error;
  const name = nameOf(error);
  if (name === 'QuotaExceededError') return new StoreError('quota', { cause: error });
  if (name === 'VersionError') return new StoreError('newer', { cause: error });
  // An AbortError without another reason: the browser closed the database during a transaction.
  if (name === 'InvalidStateError' || name === 'AbortError')
    return new StoreError('closed', { cause: error });
  return new StoreError('failed', { cause: error });
}

const nameOf = (error: unknown): unknown =>
  typeof error === 'object' && error !== null && 'name' in error ? error.name : undefined;
