import type { StreamFigures } from '../../src/protocol/rows.ts';
import { getterOf, plainOption, SafeSet, SafeWeakMap, watch } from '../page/natives.ts';
import type { Undo } from '../page/patch.ts';
import { call, patchMethod, together } from '../page/patch.ts';
import { now } from '../recording/clock.ts';
import type { HookContext } from '../recording/context.ts';
import type { MetResponse } from './metResponse.ts';

/** Watches bodies as the page reads them, chunk by chunk. Bodies consumed whole, piped or teed are not seen. */
export interface StreamWatch {
  watch(stream: ReadableStream, response: MetResponse): void;
  undo: Undo;
}

type Result = ReadableStreamReadResult<unknown>;

interface Watched {
  readonly response: MetResponse;
  /** Gaps between chunks; the first ones, as many as the median needs. */
  readonly gaps: Float64Array;
  gapCount: number;
  /** The last read that the page asked for and that is not settled yet. */
  lastRead: Read | null;
  /** A `return` of its iteration cancels it. */
  keeps: boolean;
}

interface Read {
  readonly promise: Promise<Result>;
  next: Read | null;
}

const MOST_GAPS = 512;

// Held before the page replaces them.
const { defineProperty, getOwnPropertyDescriptor, getPrototypeOf } = Reflect;
const sizeOf = getterOf(getPrototypeOf(Uint8Array) as { prototype: Uint8Array }, 'byteLength');
const sort = Float64Array.prototype.sort;

/**
 * The page gets the native's own promises. A read is watched only once those before it are settled: so of
 * several reads ahead that fail, each but the oldest is still told as unhandled where the page leaves it so.
 */
export function createStreamWatch(context: HookContext): StreamWatch {
  const ofStream = new SafeWeakMap<object, Watched>();
  /** By reader or iterator. */
  const ofReader = new SafeWeakMap<object, Watched>();
  const changed = new SafeSet<Watched>();

  function chunk(watched: Watched, { done, value }: Result): void {
    if (done) {
      ended(watched, 'complete');
      return;
    }
    const at = now();
    const { response, gaps } = watched;
    const before = response.stream;
    const stream: StreamFigures = before ?? {
      firstChunk: at,
      lastChunk: at,
      chunks: 0,
      bytes: 0,
      largestGap: 0,
      medianGap: 0,
      end: 'open',
    };
    response.stream = stream;
    if (before) {
      const gap = at - stream.lastChunk;
      if (gap > stream.largestGap) stream.largestGap = gap;
      if (watched.gapCount < MOST_GAPS) gaps[watched.gapCount++] = gap;
    }
    stream.lastChunk = at;
    stream.chunks++;
    stream.bytes += value instanceof Uint8Array ? sizeOf(value) : 0;
    changed.add(watched);
  }

  function ended(watched: Watched | undefined, end: StreamFigures['end']): void {
    const stream = watched?.response.stream;
    if (!watched || stream?.end !== 'open') return;
    stream.end = end;
    changed.add(watched);
  }

  function asked(watched: Watched, promise: Promise<Result>): void {
    const read: Read = { promise, next: null };
    const before = watched.lastRead;
    watched.lastRead = read;
    if (before) before.next = read;
    else follow(watched, read);
  }

  function follow(watched: Watched, read: Read): void {
    watch(
      read.promise,
      (result) =>
        context.quietly('a stream', () => {
          chunk(watched, result);
          if (read.next) follow(watched, read.next);
          else watched.lastRead = null;
        }),
      () =>
        context.quietly('a stream', () => {
          ended(watched, 'error');
          watched.lastRead = null;
        }),
    );
  }

  const reading = (native: Parameters<typeof call>[0], self: unknown, args: unknown[]): unknown => {
    const promise = call(native, self, args);
    const watched = ofReader.get(self as object);
    if (watched) context.quietly('a stream', () => asked(watched, promise as Promise<Result>));
    return promise;
  };
  const opening = (native: Parameters<typeof call>[0], self: unknown, args: unknown[]): unknown => {
    const reader = call(native, self, args) as object;
    const watched = ofStream.get(self as object);
    if (watched) {
      watched.keeps = plainOption(args[0], 'preventCancel') !== undefined;
      ofReader.set(reader, watched);
    }
    return reader;
  };
  const cancelling = (
    native: Parameters<typeof call>[0],
    self: unknown,
    args: unknown[],
  ): unknown => {
    const result = call(native, self, args);
    const watched = ofReader.get(self as object) ?? ofStream.get(self as object);
    if (watched && !watched.keeps) ended(watched, 'cancelled');
    return result;
  };

  const undos: Undo[] = [
    patchMethod(ReadableStream.prototype, 'getReader', opening),
    patchMethod(ReadableStream.prototype, 'cancel', cancelling),
    patchMethod(ReadableStreamDefaultReader.prototype, 'read', reading),
    patchMethod(ReadableStreamDefaultReader.prototype, 'cancel', cancelling),
  ];
  if (typeof ReadableStreamBYOBReader === 'function') {
    undos.push(
      patchMethod(ReadableStreamBYOBReader.prototype, 'read', reading),
      patchMethod(ReadableStreamBYOBReader.prototype, 'cancel', cancelling),
    );
  }
  if (typeof ReadableStream.prototype.values === 'function') {
    const iterator = getPrototypeOf(new ReadableStream().values()) as object;
    undos.push(
      patchValues(opening),
      patchMethod(iterator, 'next', reading),
      patchMethod(iterator, 'return', cancelling),
    );
  }

  context.onTick(() => {
    changed.forEach(({ response, gaps, gapCount }) => {
      if (response.stream && gapCount > 0) {
        const sorted = call(
          sort,
          new Float64Array(gaps.buffer.slice(0, 8 * gapCount)),
          [],
        ) as Float64Array;
        response.stream.medianGap = sorted[gapCount >> 1] as number;
      }
      if (!response.row) return;
      response.row.stream = response.stream;
      context.requests.changed(response.row);
    });
    changed.clear();
  });

  return {
    watch(stream, response) {
      if (ofStream.has(stream)) return;
      ofStream.set(stream, {
        response,
        gaps: new Float64Array(MOST_GAPS),
        gapCount: 0,
        lastRead: null,
        keeps: false,
      });
    },
    undo: together(undos),
  };
}

/** `values` and `[Symbol.asyncIterator]` are one function, and stay so. */
function patchValues(handler: Parameters<typeof patchMethod>[2]): Undo {
  const { prototype } = ReadableStream;
  const before = getOwnPropertyDescriptor(prototype, Symbol.asyncIterator);
  const undo = patchMethod(prototype, 'values', handler);
  const patched = prototype.values;
  if (before) defineProperty(prototype, Symbol.asyncIterator, { ...before, value: patched });
  return () => {
    undo();
    if (before && prototype[Symbol.asyncIterator] === patched)
      defineProperty(prototype, Symbol.asyncIterator, before);
  };
}
