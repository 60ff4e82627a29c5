import type { RequestRow, StreamFigures } from '../../src/protocol/rows.ts';
import { now } from './clock.ts';
import type { HookContext } from './context.ts';
import { call, patchMethod } from './patch.ts';
import type { Undo } from './patch.ts';

/** Watches bodies as the page reads them, chunk by chunk. Bodies consumed whole, piped or teed are not seen. */
export interface StreamWatch {
  watch(stream: ReadableStream, row: RequestRow): void;
  undo: Undo;
}

interface Watched {
  row: RequestRow;
  /** Gaps between chunks; the first ones, as many as the median needs. */
  gaps: number[];
}

const MOST_GAPS = 512;

export function createStreamWatch(context: HookContext): StreamWatch {
  const ofStream = new WeakMap<object, Watched>();
  const ofReader = new WeakMap<object, Watched>();

  function chunk(watched: Watched, result: ReadableStreamReadResult<unknown>): void {
    const at = now();
    const { row, gaps } = watched;
    if (result.done) {
      if (row.stream) row.stream.end = 'complete';
      context.requests.changed(row);
      return;
    }
    const size = result.value instanceof Uint8Array ? result.value.byteLength : 0;
    const before = row.stream;
    const stream: StreamFigures = (row.stream ??= {
      firstChunk: at, lastChunk: at, chunks: 0, bytes: 0, maxGap: 0, medianGap: 0, end: 'open',
    });
    if (before) {
      const gap = at - stream.lastChunk;
      stream.maxGap = Math.max(stream.maxGap, gap);
      if (gaps.length < MOST_GAPS) gaps.push(gap);
      stream.medianGap = gaps.toSorted((a, b) => a - b)[gaps.length >> 1] ?? 0;
    }
    stream.lastChunk = at;
    stream.chunks++;
    stream.bytes += size;
    context.requests.changed(row);
  }

  function ended(watched: Watched | undefined, end: StreamFigures['end']): void {
    if (!watched?.row.stream || watched.row.stream.end !== 'open') return;
    watched.row.stream.end = end;
    context.requests.changed(watched.row);
  }

  async function observe(promise: Promise<ReadableStreamReadResult<unknown>>, watched: Watched): Promise<ReadableStreamReadResult<unknown>> {
    let result: ReadableStreamReadResult<unknown>;
    try {
      result = await promise;
    } catch (error) {
      context.quietly('a stream', () => ended(watched, 'error'));
      throw error;
    }
    context.quietly('a stream', () => chunk(watched, result));
    return result;
  }

  const undos: Undo[] = [
    patchMethod(ReadableStream.prototype, 'getReader', (native, self, args) => {
      const reader = call(native, self, args) as object;
      const watched = ofStream.get(self as object);
      if (watched) ofReader.set(reader, watched);
      return reader;
    }),
    patchMethod(ReadableStreamDefaultReader.prototype, 'read', (native, self, args) => {
      const promise = call(native, self, args) as Promise<ReadableStreamReadResult<unknown>>;
      const watched = ofReader.get(self as object);
      return watched ? observe(promise, watched) : promise;
    }),
    patchMethod(ReadableStreamDefaultReader.prototype, 'cancel', (native, self, args) => {
      context.quietly('a stream', () => ended(ofReader.get(self as object), 'cancelled'));
      return call(native, self, args);
    }),
    patchMethod(ReadableStream.prototype, 'cancel', (native, self, args) => {
      context.quietly('a stream', () => ended(ofStream.get(self as object), 'cancelled'));
      return call(native, self, args);
    }),
  ];
  return {
    watch(stream, row) {
      if (!ofStream.has(stream)) ofStream.set(stream, { row, gaps: [] });
    },
    undo: () => undos.reverse().forEach((undo) => undo()),
  };
}
