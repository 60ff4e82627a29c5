import type { NotStreamedReason } from '../../src/protocol/rows.ts';
import type { Head } from '../../src/wasm/head.ts';
import type { Kernel } from '../crossings/kernel.ts';
import { contentTypeOf, NativeResponse, urlOf } from '../network/nativeResponse.ts';
import { getterOf, watch } from '../page/natives.ts';
import type { NativeFunction } from '../page/patch.ts';
import { call, proxyOf } from '../page/patch.ts';
import { createGatheredBytes } from './gatheredBytes.ts';

// Held before the page replaces them.
const { apply } = Reflect;
const [typeOf, okOf, bodyOf, usedOf] = [
  getterOf(Response, 'type'),
  getterOf(Response, 'ok'),
  getterOf(Response, 'body'),
  getterOf(Response, 'bodyUsed'),
];
const clone = Response.prototype.clone;
const getReader = ReadableStream.prototype.getReader;
const read = ReadableStreamDefaultReader.prototype.read;
const cancel = ReadableStreamDefaultReader.prototype.cancel;

/** No head of a module seen in the wild is longer (a database with 75,000 exports: 5 MB). */
const LONGEST = 16 * 2 ** 20;

interface Told {
  response(url: string, notStreamed: NotStreamedReason | null): void;
  head(head: Head): void;
}

/**
 * What to give to the engine in place of a source of a streamed module: the same response. Its head is read off a
 * clone, whose reader is then cancelled (docs/platform.md, 3: streaming and code caching survive this). All else that
 * the engine does with a source it does with this one at the same time: looks for `then`, calls it, fails.
 * @param source what the page gave: a Response, a promise of one, or any other object
 * @param waits the engine gets the response once the head has been read. A small module may be compiled, and its
 *   imports read, before the clone's first chunk has come.
 * @returns the source, and a promise of the time when there is nothing left to read
 */
export function withHead(
  source: object,
  kernel: () => Kernel,
  waits: boolean,
  told: Told,
): { given: object; hasRead: () => Promise<void> | null } {
  let reading: Promise<void> | null = null;
  const give = (value: unknown, done: NativeFunction): void => {
    const copy = copyOf(value, told);
    const go = (): unknown => call(done, undefined, [value]);
    if (copy) reading = readFrom(copy, kernel, told);
    if (reading && waits) watch(reading, go, go);
    else go();
  };
  const given = {
    __proto__: null,
    // biome-ignore lint/suspicious/noThenProperty: the engine looks for one, and runs it
    get then() {
      const { then } = source as Partial<Record<'then', NativeFunction>>;
      if (typeof then !== 'function')
        return source instanceof NativeResponse
          ? (done: NativeFunction) => give(source, done)
          : then;
      return (done: NativeFunction, failed: NativeFunction) =>
        call(then, source, [
          proxyOf(done, { apply: (native, _, [value]) => give(value, native as NativeFunction) }),
          failed,
        ]);
    },
  };
  return { given, hasRead: () => reading };
}

/** The body of a clone of a response that can be a module; else null. */
function copyOf(response: unknown, told: Told): ReadableStream<Uint8Array> | null {
  if (response instanceof NativeResponse) {
    const type = contentTypeOf(response).split(';')[0]?.trim().toLowerCase();
    const reason = !okOf(response)
      ? 'failed'
      : type !== 'application/wasm'
        ? 'wrong MIME type'
        : typeOf(response) === 'default'
          ? 'rebuilt Response'
          : null;
    told.response(urlOf(response), reason);
    try {
      if (reason !== 'failed' && reason !== 'wrong MIME type' && !usedOf(response))
        return bodyOf(apply(clone, response, []));
    } catch {
      // Locked or aborted: the engine meets the same and tells the page in its own words.
    }
  }
  return null;
}

async function readFrom(
  body: ReadableStream<Uint8Array>,
  kernel: () => Kernel,
  told: Told,
): Promise<void> {
  const reader = apply(getReader, body, []) as ReadableStreamDefaultReader<Uint8Array>;
  const bytes = createGatheredBytes();
  try {
    while (bytes.all().length < LONGEST) {
      const result = apply(read, reader, []) as Promise<ReadableStreamReadResult<Uint8Array>>;
      const { done, value } = await result;
      if (value) bytes.add(value);
      const head = kernel().readHead(bytes.all(), done);
      if (head) {
        told.head(head);
        return;
      }
      if (done) break;
    }
  } catch {
    // No module, or an aborted response: the engine meets the same and tells the page in its own words.
  } finally {
    // Not awaited: a tee's cancellation settles only when the page's side ends as well.
    watch(
      apply(cancel, reader, []) as Promise<void>,
      () => {},
      () => {},
    );
  }
}
