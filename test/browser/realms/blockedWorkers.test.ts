import { afterAll, beforeAll, expect, test } from 'vitest';
import { ISOLATED } from '../../../scripts/serve.mjs';
import { callsOf } from '../harness.ts';
import type { Harness } from '../harness.ts';
import { extensionAgent, openRealms, record, sessionOf } from './bothRealms.ts';

// A thread of a pool waits within wasm or script for good, and a worker may be terminated at any time.

const PAGE = `<!doctype html><script>
  globalThis.start = (end) => new Promise((done) => {
    const script = \`onmessage = async ({ data }) => {
      const { exports } = new WebAssembly.Instance(data.module, { env: new Proxy({}, { get: () => () => {} }) });
      exports.repeat(5);
      postMessage('at work');
      \${end}
    }\`;
    const worker = new Worker(URL.createObjectURL(new Blob([script])), { name: 'thread' });
    worker.onmessage = () => done(worker);
    WebAssembly.compileStreaming(fetch('/counting.wasm')).then((module) => worker.postMessage({ module }));
  });
  // Works without a turn of its event loop, says how often, and waits then.
  globalThis.work = async () => {
    const shared = new Int32Array(new SharedArrayBuffer(8));
    const script = \`onmessage = ({ data: { module, shared } }) => {
      const { exports } = new WebAssembly.Instance(module, { env: new Proxy({}, { get: () => () => {} }) });
      for (const end = performance.now() + 1500; performance.now() < end; shared[0]++) exports.repeat(5);
      Atomics.store(shared, 1, 1);
      Atomics.notify(shared, 1);
      Atomics.wait(shared, 1, 1);
    }\`;
    const worker = new Worker(URL.createObjectURL(new Blob([script])), { name: 'thread' });
    worker.postMessage({ module: await WebAssembly.compileStreaming(fetch('/counting.wasm')), shared });
    await Atomics.waitAsync(shared, 1, 0).value;
    return shared[0];
  };
</script>`;
declare const start: (end: string) => Promise<Worker>;
declare const work: () => Promise<number>;

let harness: Harness;
beforeAll(async () => {
  harness = await openRealms({
    headers: { '/': ISOLATED },
    routes: { '/threads': (_, response) => response.writeHead(200, { 'Content-Type': 'text/html' }).end(PAGE) },
  });
});
afterAll(() => harness?.close());

const reasons = async (run: () => Promise<void>): Promise<string[]> => {
  const { opened } = await record(harness, run, 'threads');
  const session = await sessionOf(opened, 1);
  const realm = session.realms.findIndex(({ name }) => name === 'thread');
  await opened.close();
  return [`realm ${realm >= 0}`, ...session.unmeasured.map(({ reason }) => reason)];
};

test('a thread that waits for good is a realm of the session, which says that its end is missing', async () => {
  expect(await reasons(async () => {
    await start('Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0)');
  })).toEqual(['realm true', expect.stringContaining('waits or computes without end')]);
});

test('what a thread does that never comes back from its work is in the session, up to its last chunk', async () => {
  const { opened, result } = await record(harness, () => work(), 'threads');
  const session = await sessionOf(opened, 1);
  await opened.close();
  const calls = callsOf(session);
  const entered = calls.in.repeat as number;
  expect(entered).toBeGreaterThan(result / 2);
  expect(entered).toBeLessThanOrEqual(result);
  // The last chunk may have been cut within a call.
  expect(Math.ceil((calls.out['env.nothing'] as number) / 5)).toBe(entered);
});

test('a terminated worker is a realm of the session, which says that its end is missing', async () => {
  expect(await reasons(async () => {
    (await start('')).terminate();
  })).toEqual(['realm true', expect.stringContaining('was terminated')]);
});

test.each(['close()', ''])('what a worker did before it said so is in the session, whether it ends (%s) or not', async (end) => {
  const opened = await harness.open({ path: 'threads', agent: extensionAgent() });
  await opened.page.evaluate(async (then) => {
    const worker = await start(then);
    if (then === '') worker.terminate();
  }, end);
  await expect.poll(async () => {
    const session = await opened.session();
    const thread = session.realms.findIndex(({ name }) => name === 'thread');
    return session.intervals.filter(({ realm }) => realm === thread)
      .flatMap(({ node, calls }) => [...calls].map((count, row) => [session.functions[session.nodes.function[node[row] as number] as number]?.name, count]));
  }).toEqual(expect.arrayContaining([['repeat', 1]]));
  await opened.close();
});
