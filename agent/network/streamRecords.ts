import type { StreamFigures } from '../../src/protocol/rows.ts';
import { getterOf, SafeSet, watch } from '../page/natives.ts';
import { call } from '../page/patch.ts';
import { now } from '../recording/clock.ts';
import type { HookContext } from '../recording/context.ts';
import type { ResponseRecord } from './responseRecord.ts';

type ReadResult = ReadableStreamReadResult<unknown>;

/** A body that the page may read, and the progress of its reads. */
export interface StreamRecord {
  readonly response: ResponseRecord;
  /** Gaps between chunks, ms: the first 512, for their median. */
  readonly gaps: Float64Array;
  gapCount: number;
  /** The page's last read that has not settled. */
  lastRead: Read | null;
  /** Whether the iteration leaves the stream open when it returns. */
  preventCancel: boolean;
}

interface Read {
  readonly promise: Promise<ReadResult>;
  next: Read | null;
}

export interface StreamRecords {
  create(response: ResponseRecord): StreamRecord;
  /** Records how a read settles. The promise is the native's own, which the page gets. */
  addRead(record: StreamRecord, promise: Promise<ReadResult>): void;
  /** Records how a stream ended, unless that is already recorded. */
  end(record: StreamRecord, end: StreamFigures['end']): void;
}

const MOST_GAPS = 512;

// Saved before the page replaces them.
const sizeOf = getterOf(
  Reflect.getPrototypeOf(Uint8Array) as { prototype: Uint8Array },
  'byteLength',
);
const sort = Float64Array.prototype.sort;

/**
 * Records when the chunks of bodies arrive. The agent reacts to a read only after the previous ones
 * have settled. So if several reads ahead fail and the page handles none, all but the oldest are
 * still reported as unhandled.
 */
export function createStreamRecords(context: HookContext): StreamRecords {
  const changed = new SafeSet<StreamRecord>();

  function end(record: StreamRecord, how: StreamFigures['end']): void {
    const { stream } = record.response;
    if (stream?.end !== 'open') return;
    stream.end = how;
    changed.add(record);
  }

  function addResult(record: StreamRecord, { done, value }: ReadResult): void {
    if (done) {
      end(record, 'complete');
      return;
    }
    addChunk(record, value instanceof Uint8Array ? sizeOf(value) : 0);
    changed.add(record);
  }

  function follow(record: StreamRecord, read: Read): void {
    watch(
      read.promise,
      (result) =>
        context.quietly('a stream', () => {
          addResult(record, result);
          if (read.next) follow(record, read.next);
          else record.lastRead = null;
        }),
      () =>
        context.quietly('a stream', () => {
          end(record, 'error');
          record.lastRead = null;
        }),
    );
  }

  context.onTick(() => {
    changed.forEach((record) => {
      const { row, stream } = record.response;
      if (stream && record.gapCount > 0) stream.medianGap = medianGap(record);
      if (!row) return;
      row.stream = stream;
      context.requests.changed(row);
    });
    changed.clear();
  });

  return {
    end,
    create: (response) => ({
      response,
      gaps: new Float64Array(MOST_GAPS),
      gapCount: 0,
      lastRead: null,
      preventCancel: false,
    }),
    addRead(record, promise) {
      const read: Read = { promise, next: null };
      const before = record.lastRead;
      record.lastRead = read;
      if (before) before.next = read;
      else follow(record, read);
    },
  };
}

function addChunk(record: StreamRecord, size: number): void {
  const time = now();
  const { response, gaps } = record;
  const { stream } = response;
  if (!stream) {
    response.stream = {
      firstChunk: time,
      lastChunk: time,
      chunks: 1,
      bytes: size,
      largestGap: 0,
      medianGap: 0,
      end: 'open',
    };
    return;
  }
  const gap = time - stream.lastChunk;
  if (gap > stream.largestGap) stream.largestGap = gap;
  if (record.gapCount < MOST_GAPS) gaps[record.gapCount++] = gap;
  stream.lastChunk = time;
  stream.chunks++;
  stream.bytes += size;
}

function medianGap({ gaps, gapCount }: StreamRecord): number {
  const copy = new Float64Array(gaps.buffer.slice(0, 8 * gapCount));
  const sorted = call(sort, copy, []) as Float64Array;
  return sorted[gapCount >> 1] as number;
}
