import type { RequestRow, StreamFigures } from '../../src/protocol/rows.ts';

/** A Response that the page or the agent has used, and what is recorded about it. */
export interface ResponseRecord {
  /** Null until the request has been identified. */
  row: RequestRow | null;
  /** When the page first used it, ms; null if the agent used it first. */
  readonly firstUse: number | null;
  readonly status: number;
  readonly contentType: string;
  /** Null until its first chunk has been read. */
  stream: StreamFigures | null;
}
