import { plainOption, SafeWeakMap } from '../page/natives.ts';
import type { Handler, Undo } from '../page/patch.ts';
import { call, patchMethod, together } from '../page/patch.ts';
import type { HookContext } from '../recording/context.ts';
import type { ResponseRecord } from './responseRecord.ts';
import type { StreamRecord } from './streamRecords.ts';
import { createStreamRecords } from './streamRecords.ts';

export interface StreamsHook {
  /** Records the reads of a Response's body from here on. */
  watch(stream: ReadableStream, response: ResponseRecord): void;
  undo: Undo;
}

/** Some browsers have no BYOB readers. */
const scope = globalThis as unknown as Record<string, { prototype: object } | undefined>;
// Saved before the page replaces them.
const { defineProperty, getOwnPropertyDescriptor, getPrototypeOf } = Reflect;

/**
 * Observes bodies that the page reads chunk by chunk, with a reader or an iteration. Bodies that
 * are consumed whole, piped or teed are not observed.
 */
export function hookStreams(context: HookContext): StreamsHook {
  const records = createStreamRecords(context);
  const byStream = new SafeWeakMap<object, StreamRecord>();
  /** By reader or iterator. */
  const byReader = new SafeWeakMap<object, StreamRecord>();
  let findsIterator = true;

  const read: Handler = (native, self, args) => {
    const promise = call(native, self, args);
    const record = byReader.get(self as object);
    if (record) {
      context.quietly('a stream', () =>
        records.addRead(record, promise as Promise<ReadableStreamReadResult<unknown>>),
      );
    }
    return promise;
  };
  const open: Handler = (native, self, args) => {
    const reader = call(native, self, args) as object;
    const record = byStream.get(self as object);
    if (record) {
      record.preventCancel = plainOption(args[0], 'preventCancel') !== undefined;
      byReader.set(reader, record);
    }
    return reader;
  };
  const cancel: Handler = (native, self, args) => {
    const result = call(native, self, args);
    const record = byReader.get(self as object) ?? byStream.get(self as object);
    if (record && !record.preventCancel) records.end(record, 'cancelled');
    return result;
  };
  // Only an iterator leads to the prototype of iterators, and to make one for that takes time
  // before the page's first script. So it is patched before the page gets its first iterator.
  const iterate: Handler = (native, self, args) => {
    const iterator = open(native, self, args) as object;
    if (findsIterator) {
      findsIterator = false;
      const prototype = getPrototypeOf(iterator) as object;
      undos[undos.length] = patchMethod(prototype, 'next', read);
      undos[undos.length] = patchMethod(prototype, 'return', cancel);
    }
    return iterator;
  };

  const undos: Undo[] = [
    patchMethod(ReadableStream.prototype, 'getReader', open),
    patchMethod(ReadableStream.prototype, 'cancel', cancel),
    patchValues(iterate),
  ];
  for (const name of ['ReadableStreamDefaultReader', 'ReadableStreamBYOBReader']) {
    const prototype = scope[name]?.prototype ?? {};
    undos.push(patchMethod(prototype, 'read', read), patchMethod(prototype, 'cancel', cancel));
  }

  return {
    watch(stream, response) {
      if (!byStream.has(stream)) byStream.set(stream, records.create(response));
    },
    undo() {
      findsIterator = false;
      together(undos)();
    },
  };
}

/**
 * `values` and `[Symbol.asyncIterator]` are one function, and stay so. Older browsers have neither.
 */
function patchValues(handler: Handler): Undo {
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
