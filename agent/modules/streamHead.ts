import type { NotStreamedReason } from '../../src/protocol/rows.ts';
import type { Head } from '../../src/wasm/head.ts';
import type { Kernel } from '../crossings/kernel.ts';
import { contentTypeOf, NativeResponse, urlOf } from '../network/nativeResponse.ts';
import { getterOf, watch } from '../page/natives.ts';
import type { NativeFunction } from '../page/patch.ts';
import { call, proxyOf } from '../page/patch.ts';
import { createGatheredBytes } from './gatheredBytes.ts';

// Saved before the page replaces them.
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

/** No module seen in practice has a longer head (a database with 75,000 exports has 5 MB). */
const LONGEST = 16 * 2 ** 20;

interface Listener {
  response(url: string, notStreamed: NotStreamedReason | null): void;
  head(head: Head): void;
}

/**
 * Returns the source to pass to the engine instead of a streamed module's own; it yields the same
 * response. The head is read from a clone of the response, whose reader is then cancelled
 * (docs/platform.md, 3: streaming and code caching still work). Everything else the engine does
 * with a source, such as looking up and calling `then`, it does with this one at the same time and
 * with the same errors.
 * @param source what the page passed: a Response, a promise of one, or any other object
 * @param waits whether the engine gets the response only after the head has been read. Otherwise a
 *   small module may be compiled, and its imports read, before the clone's first chunk arrives.
 * @returns the source, and a promise that resolves when there is nothing left to read
 */
export function withHead(
  source: object,
  kernel: () => Kernel,
  waits: boolean,
  listener: Listener,
): { given: object; hasRead: () => Promise<void> | null } {
  let reading: Promise<void> | null = null;
  const give = (value: unknown, done: NativeFunction): void => {
    const copy = copyOf(value, listener);
    const go = (): unknown => call(done, undefined, [value]);
    if (copy) reading = readFrom(copy, kernel, listener);
    if (reading && waits) watch(reading, go, go);
    else go();
  };
  const given = {
    __proto__: null,
    // biome-ignore lint/suspicious/noThenProperty: the engine looks it up and calls it
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

/** Clones the body of a response that can be a module; otherwise null. */
function copyOf(response: unknown, listener: Listener): ReadableStream<Uint8Array> | null {
  if (response instanceof NativeResponse) {
    const type = contentTypeOf(response).split(';')[0]?.trim().toLowerCase();
    const reason = !okOf(response)
      ? 'failed'
      : type !== 'application/wasm'
        ? 'wrong MIME type'
        : typeOf(response) === 'default'
          ? 'rebuilt Response'
          : null;
    listener.response(urlOf(response), reason);
    try {
      if (reason !== 'failed' && reason !== 'wrong MIME type' && !usedOf(response))
        return bodyOf(apply(clone, response, []));
    } catch {
      // Locked or aborted: the engine hits the same error and reports it to the page itself.
    }
  }
  return null;
}

async function readFrom(
  body: ReadableStream<Uint8Array>,
  kernel: () => Kernel,
  listener: Listener,
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
        listener.head(head);
        return;
      }
      if (done) break;
    }
  } catch {
    // Not a module, or an aborted response: the engine hits the same error and reports it itself.
  } finally {
    // Not awaited: cancelling one branch of a tee settles only when the page's branch ends too.
    watch(
      apply(cancel, reader, []) as Promise<void>,
      () => {},
      () => {},
    );
  }
}
