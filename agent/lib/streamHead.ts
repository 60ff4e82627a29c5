import type { NotStreamedReason } from '../../src/protocol/rows.ts';
import { readHead } from '../../src/wasm/head.ts';
import type { Head } from '../../src/wasm/head.ts';
import { watch } from './natives.ts';

// Held before the page replaces them.
const { apply, getOwnPropertyDescriptor } = Reflect;
const getter = (name: string) => getOwnPropertyDescriptor(Response.prototype, name)?.get as () => unknown;
const [urlOf, typeOf, okOf, bodyOf, headersOf, usedOf] = ['url', 'type', 'ok', 'body', 'headers', 'bodyUsed'].map(getter) as [
  () => string, () => string, () => boolean, () => ReadableStream<Uint8Array> | null, () => Headers, () => boolean,
];
const NativeResponse = Response;
const clone = Response.prototype.clone;
const getHeader = Headers.prototype.get;
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
 * Reads the head of a module off a clone of its response, whose reader is then cancelled; the page's own
 * response goes to the engine and streams on (PLATFORM.md, 3: streaming and code caching survive this).
 * @param source what the page gave: a Response or a promise of one
 * @returns what to give to the engine in its place: the same response, once the head is known
 */
export async function readStreamHead(source: unknown, told: Told): Promise<unknown> {
  const response = await source;
  if (!(response instanceof NativeResponse)) return response;
  const type = String(apply(getHeader, apply(headersOf, response, []), ['content-type']) ?? '').split(';')[0]?.trim().toLowerCase();
  const rebuilt = apply(typeOf, response, []) === 'default';
  const reason = type !== 'application/wasm' ? 'wrong MIME type' : rebuilt ? 'rebuilt Response' : null;
  told.response(apply(urlOf, response, []), reason);
  if (reason === 'wrong MIME type' || !apply(okOf, response, []) || apply(usedOf, response, [])) return response;
  try {
    const copy = apply(bodyOf, apply(clone, response, []), []);
    if (copy) await readFrom(copy, told);
  } catch {
    // Locked, aborted, or no module: the engine meets the same and tells the page in its own words. The
    // module then shows as not measured.
  }
  return response;
}

async function readFrom(body: ReadableStream<Uint8Array>, told: Told): Promise<void> {
  const reader = apply(getReader, body, []) as ReadableStreamDefaultReader<Uint8Array>;
  try {
    let bytes = new Uint8Array(0);
    let head: Head | null = null;
    while (!head && bytes.length < LONGEST) {
      const { done, value } = (await apply(read, reader, [])) as ReadableStreamReadResult<Uint8Array>;
      if (value) bytes = join(bytes, value);
      head = readHead(bytes, done);
      if (done) break;
    }
    if (head) told.head(head);
  } finally {
    // Not awaited: a tee's cancellation settles only when the page's side ends as well.
    watch(apply(cancel, reader, []) as Promise<void>, () => {}, () => {});
  }
}

function join(before: Uint8Array<ArrayBuffer>, after: Uint8Array): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(before.length + after.length);
  bytes.set(before);
  bytes.set(after, before.length);
  return bytes;
}
