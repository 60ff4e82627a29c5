import type { NotStreamedReason } from '../../src/protocol/rows.ts';
import type { Head } from '../../src/wasm/head.ts';
import type { Kernel } from '../crossings/kernel.ts';
import { contentTypeOf, NativeResponse, urlOf } from '../network/nativeResponse.ts';
import { getterOf, watch } from '../page/natives.ts';
import type { NativeFunction } from '../page/patch.ts';
import { call, proxyOf } from '../page/patch.ts';

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
 * What to give to the engine in place of a source of a streamed module: it gets the same response, once its head
 * has been read off a clone, whose reader is then cancelled; the page's own response streams on.
 * Streaming and code caching survive this (docs/platform.md, "Trampolines"). All else that the
 * engine does with a source it does with this one at the same time: looks for `then`, calls it, fails.
 * @param source what the page gave: a Response, a promise of one, or any other object
 */
export function withHead(source: object, kernel: () => Kernel, told: Told): object {
  const give = (value: unknown, done: NativeFunction): void => {
    const copy = copyOf(value, told);
    const go = (): unknown => call(done, undefined, [value]);
    if (copy) watch(readFrom(copy, kernel, told), go, go);
    else go();
  };
  return {
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
  let bytes = new Uint8Array(0);
  try {
    while (bytes.length < LONGEST) {
      const { done, value } = (await apply(
        read,
        reader,
        [],
      )) as ReadableStreamReadResult<Uint8Array>;
      if (value) {
        const before = bytes;
        bytes = new Uint8Array(before.length + value.length);
        bytes.set(before);
        bytes.set(value, before.length);
      }
      const head = kernel().readHead(bytes, done);
      if (head) return told.head(head);
      if (done) break;
    }
  } finally {
    // Not awaited: a tee's cancellation settles only when the page's side ends as well.
    watch(
      apply(cancel, reader, []) as Promise<void>,
      () => {},
      () => {},
    );
  }
}
