import type { Segment } from './segment.ts';

/** The segments of one realm in the order of their numbers, each once. */
export interface SegmentOrder {
  add(segment: Segment): void;
  /** Stops waiting for missing segments and continues behind them. */
  skipGaps(): void;
}

/** If more segments than this are waiting, the missing ones are given up. */
export const PATIENCE = 64;

/** @param onGap called with the number of segments that are missing before this one */
export function createSegmentOrder(
  take: (segment: Segment) => void,
  onGap: (missing: number, next: Segment) => void,
): SegmentOrder {
  let nextSeq = 0;
  const waiting = new Map<number, Segment>();

  function takeWaiting(): void {
    let next = waiting.get(nextSeq);
    while (next) {
      waiting.delete(nextSeq);
      nextSeq++;
      take(next);
      next = waiting.get(nextSeq);
    }
  }

  function skipGaps(): void {
    while (waiting.size > 0) {
      const first = Math.min(...waiting.keys());
      const segment = waiting.get(first);
      if (segment && first > nextSeq) {
        onGap(first - nextSeq, segment);
        nextSeq = first;
      }
      takeWaiting();
    }
  }

  return {
    add(segment) {
      if (segment.seq < nextSeq) return;
      waiting.set(segment.seq, segment);
      takeWaiting();
      if (waiting.size > PATIENCE) skipGaps();
    },
    skipGaps,
  };
}
