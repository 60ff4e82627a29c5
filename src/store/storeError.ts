export type StoreProblem = 'quota' | 'corrupt' | 'closed' | 'missing' | 'newer' | 'failed';

const ADVICE: Record<StoreProblem, string> = {
  quota:
    'The disk or the browser’s storage is full. Export and delete old sessions, then record again.',
  corrupt:
    'The database of sessions cannot be opened. Restart the browser; if that does not help, reset the database.',
  closed: 'The database was closed while it was in use. Open the panel again.',
  missing: 'This session is not there any more.',
  newer: 'A newer Wasmscope has changed the database. Update Wasmscope, or reload the extension.',
  failed: 'The browser could not store it.',
};

/** The database refused; the message says what the user can do next. */
export class StoreError extends Error {
  constructor(
    readonly problem: StoreProblem,
    options?: { cause: unknown },
  ) {
    super(ADVICE[problem], options);
    this.name = 'StoreError';
  }
}

/** What the database threw, as a StoreError. */
export function storeErrorOf(error: unknown): StoreError {
  if (error instanceof StoreError) return error;
  const name = (error as { name?: unknown } | null)?.name;
  if (name === 'QuotaExceededError') return new StoreError('quota', { cause: error });
  if (name === 'VersionError') return new StoreError('newer', { cause: error });
  // AbortError without another reason: the browser closed the database in the middle of a
  // transaction.
  if (name === 'InvalidStateError' || name === 'AbortError')
    return new StoreError('closed', { cause: error });
  return new StoreError('failed', { cause: error });
}
