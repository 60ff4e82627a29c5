import type { RequestRow, StreamFigures } from '../../src/protocol/rows.ts';

/** A Response that the page has used, and what is known of it. */
export interface MetResponse {
  /** Null until it is known which request it answers. */
  row: RequestRow | null;
  /** When the page first used it; null where the agent met it first. */
  readonly at: number | null;
  readonly status: number;
  readonly contentType: string;
  /** Null until a first chunk was read. */
  stream: StreamFigures | null;
}
