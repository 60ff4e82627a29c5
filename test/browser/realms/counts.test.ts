import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ISOLATED } from '../../../scripts/serve.mjs';
import type { Module, Session } from '../../../src/session/model.ts';
import type { Harness } from '../harness.ts';
import { expectSame, openRealms, record, scripts, sessionOf } from './bothRealms.ts';

// Threads: a module and a shared memory are posted to workers, as Emscripten and wasm-bindgen-rayon
// do, and the crossings of each realm are counted. The module also counts its own.

interface Thread {
  entered: number;
  left: number;
}

const PAGE = `<!doctype html><script>
  globalThis.thread = (n, memory, url, options) => new Promise((done, failed) => {
    const worker = new Worker(url, options);
    worker.onmessage = ({ data }) => done(data);
    worker.onerror = ({ message }) => failed(new Error(message));
    ready.then((module) => worker.postMessage({ cmd: 'load', module, memory, n }));
  });
  globalThis.ready = WebAssembly.compileStreaming(fetch('/counting.wasm'));
</script>`;
const THREAD = `onmessage = ({ data: { module, memory, n } }) => {
  const env = new Proxy({}, { get: () => () => {} });
  const { exports } = new WebAssembly.Instance(module, { env });
  exports.repeat(n);
  exports.burn_inside(n);
  Atomics.add(new Int32Array(memory.buffer), 0, n);
  postMessage({ entered: exports.entered.value, left: exports.left.value });
};`;

const COMPILER = `WebAssembly.compileStreaming(fetch('/counting.wasm')).then((module) => {
  postMessage({ module, memory: new WebAssembly.Memory({ initial: 1, maximum: 2, shared: true }) });
});`;

declare const thread: (
  n: number,
  memory: WebAssembly.Memory,
  url: string,
  options: WorkerOptions,
) => Promise<Thread>;

let harness: Harness;
beforeAll(async () => {
  harness = await openRealms({
    headers: { '/': ISOLATED },
    routes: {
      '/threads': (_, response) =>
        response.writeHead(200, { 'Content-Type': 'text/html' }).end(PAGE),
      ...scripts({ '/thread.js': THREAD, '/compiler.js': COMPILER }),
    },
  });
});
afterAll(() => harness?.close());

/** Calls by realm name: into wasm, and out of it. */
function callsByRealm(session: Session): Record<string, Thread> {
  const calls: Record<string, Thread> = {};
  for (const interval of session.intervals) {
    interval.node.forEach((node, row) => {
      const called = session.functions[session.nodes.function[node] as number];
      const realm = session.realms[interval.realm];
      if (!called || !realm) return;
      const sums = calls[realm.name] ?? { entered: 0, left: 0 };
      calls[realm.name] = sums;
      sums[called.kind === 'import' ? 'left' : 'entered'] += interval.calls[row] as number;
    });
  }
  return calls;
}

const runThreads = async (): Promise<{ threads: Thread[]; shared: number }> => {
  const memory = new WebAssembly.Memory({ initial: 1, maximum: 2, shared: true });
  const code = await (await fetch('thread.js')).text();
  const threads = [
    await thread(3, memory, 'thread.js', { name: 'classic' }),
    await thread(500, memory, 'thread.js', { name: 'em-pthread', type: 'module' }),
    await thread(20_000, memory, URL.createObjectURL(new Blob([code])), { name: 'blob' }),
  ];
  return { threads, shared: new Int32Array(memory.buffer)[0] as number };
};

test('a module and a memory that are posted to threads work there as without the agent', async () => {
  expect((await expectSame(harness, runThreads, 'threads')).shared).toBe(20_503);
});

describe('the recording of a page with threads', () => {
  let threads: Thread[];
  let session: Session;
  beforeAll(async () => {
    const { result, opened } = await record(harness, runThreads, 'threads');
    threads = result.threads;
    session = await sessionOf(opened, 4);
    await opened.close();
  });

  test('has each thread’s crossings exactly', () => {
    const [classic, pthread, blob] = threads;
    expect(callsByRealm(session)).toEqual({ classic, 'em-pthread': pthread, blob });
  });

  test('has every function measured, by the signatures that came with the module', () => {
    expect(session.functions.filter(({ notMeasuredReason }) => notMeasuredReason !== null)).toEqual(
      [],
    );
  });

  test('has one module of four realms, as the page loaded it', () => {
    const loaded = session.modules.findIndex(({ origin }) => origin === null);
    const { url, bytes, sections } = session.modules[loaded] as Module;
    expect(session.modules).toHaveLength(4);
    expect(session.modules.filter(({ origin }) => origin === loaded)).toMatchObject(
      Array(3).fill({ method: 'received', url, bytes, sections }),
    );
  });
});

/** In the page: calls a module that a worker has compiled and posted, with the worker's memory. */
const runCompiled = async (): Promise<Thread & { pages: number }> => {
  const worker = new Worker('compiler.js', { name: 'compiler' });
  const {
    data: { module, memory },
  } = await new Promise<MessageEvent<{ module: WebAssembly.Module; memory: WebAssembly.Memory }>>(
    (done) => {
      worker.onmessage = done;
    },
  );
  const env = new Proxy({}, { get: () => () => {} });
  const { exports } = new WebAssembly.Instance(module, { env }) as unknown as {
    exports: { repeat(n: number): void } & Record<'entered' | 'left', WebAssembly.Global>;
  };
  exports.repeat(700);
  return {
    entered: exports.entered.value as number,
    left: exports.left.value as number,
    pages: memory.buffer.byteLength / 65536,
  };
};

test('a module and a memory that a worker posts to the page work there as without the agent', async () => {
  const seen = await expectSame(harness, runCompiled, 'threads');
  expect(seen).toMatchObject({ left: 700, pages: 1 });
});

describe('the recording of a module that a worker compiles and posts to the page', () => {
  let counted: Thread;
  let session: Session;
  beforeAll(async () => {
    const { result, opened } = await record(harness, runCompiled, 'threads');
    counted = { entered: result.entered, left: result.left };
    session = await sessionOf(opened, 2);
    await opened.close();
  });

  test('has the page’s crossings exactly', () => {
    expect(callsByRealm(session)[session.realms[0]?.name as string]).toEqual(counted);
  });

  test('has it as the worker’s module', () => {
    const worker = session.realms.findIndex(({ name }) => name === 'compiler');
    const compiled = session.modules.findIndex(
      ({ realm, origin }) => realm === worker && origin === null,
    );
    expect(session.modules.filter(({ realm }) => realm === 0)).toMatchObject([
      expect.anything(),
      { method: 'received', origin: compiled },
    ]);
  });
});
