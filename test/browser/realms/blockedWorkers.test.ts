import { afterAll, beforeAll, expect, test } from 'vitest';
import { ISOLATED } from '../../../scripts/serve.mjs';
import type { Session } from '../../../src/session/model.ts';
import type { Harness, Opened } from '../harness.ts';
import { callsOf } from '../harness.ts';
import { extensionAgent, openRealms, record, sessionOf } from './bothRealms.ts';

// A pool's thread may wait forever in wasm or script, and a worker may be terminated at any time.

const PAGE = `<!doctype html><script>
  globalThis.start = (end) => new Promise((done) => {
    const script = \`onmessage = async ({ data }) => {
      const { exports } = new WebAssembly.Instance(data.module, { env: new Proxy({}, { get: () => () => {} }) });
      exports.repeat(5);
      postMessage('at work');
      exports.repeat(2);
      exports.table.get(0)(1);
      Atomics.store(data.cell, 0, 1);
      Atomics.notify(data.cell, 0);
      \${end}
    }\`;
    const worker = new Worker(URL.createObjectURL(new Blob([script])), { name: 'thread' });
    worker.onmessage = () => done(worker);
    const cell = new Int32Array(new SharedArrayBuffer(4));
    globalThis.lastCall = () => Atomics.waitAsync(cell, 0, 0).value;
    WebAssembly.compileStreaming(fetch('/counting.wasm')).then((module) => worker.postMessage({ module, cell }));
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
/** Once the thread has made its last call. */
declare const lastCall: () => Promise<unknown>;
declare const work: () => Promise<number>;

let harness: Harness;
beforeAll(async () => {
  harness = await openRealms({
    headers: { '/': ISOLATED },
    routes: {
      '/threads': (_, response) =>
        response.writeHead(200, { 'Content-Type': 'text/html' }).end(PAGE),
    },
  });
});
afterAll(() => harness?.close());

const ofThread = async (opened: Opened, session: Session) => {
  await opened.close();
  const thread = session.realms.findIndex(({ name }) => name === 'thread');
  return {
    calls: callsOf({
      ...session,
      intervals: session.intervals.filter(({ realm }) => realm === thread),
    }),
    reasons: session.unmeasured.map(({ reason }) => reason),
  };
};
const CALLS = { in: { repeat: 2, 'table function 25': 1 }, out: { 'env.nothing': 7 } };
const waitForGood = async (): Promise<void> => {
  await start('Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0)');
  await lastCall();
};

test('a thread that waits forever is counted to its last call, and the session says what may be missing', async () => {
  const { opened } = await record(harness, waitForGood, 'threads');
  const { calls, reasons } = await ofThread(opened, await sessionOf(opened, 1));
  expect(calls).toEqual(CALLS);
  expect(reasons).toEqual([
    expect.stringMatching(/is blocked or loops endlessly: .* except calls/),
  ]);
});

test('a thread that is terminated is counted to its last call', async () => {
  const { opened } = await record(
    harness,
    async () => {
      const worker = await start('');
      await lastCall();
      worker.terminate();
    },
    'threads',
  );
  const { calls, reasons } = await ofThread(opened, await sessionOf(opened, 1));
  expect(calls).toEqual(CALLS);
  expect(reasons).toEqual([expect.stringMatching(/was terminated: .* except calls/)]);
});

test('a thread that ends with its page is counted to its last call', async () => {
  const { opened } = await record(harness, waitForGood, 'threads');
  await opened.page.goto(`${harness.url}blank`);
  expect((await ofThread(opened, await opened.session())).calls).toEqual(CALLS);
});

test('the work of a thread that never returns to its event loop is in the session, up to its end', async () => {
  const { opened, result } = await record(harness, () => work(), 'threads');
  const session = await sessionOf(opened, 1);
  await opened.close();
  const calls = callsOf(session);
  const entered = calls.in.repeat as number;
  expect(entered).toBeGreaterThan(result / 2);
  expect(entered).toBeLessThanOrEqual(result);
  // What was counted may have been read within a call.
  expect(Math.ceil((calls.out['env.nothing'] as number) / 5)).toBe(entered);
});

test.each([
  'close()',
  '',
])('what a worker did before it said so is in the session, also when it ends: %s', async (end) => {
  const opened = await harness.open({ path: 'threads', agent: extensionAgent() });
  await opened.page.evaluate(async (then) => {
    const worker = await start(then);
    if (then === '') worker.terminate();
  }, end);
  await expect
    .poll(async () => {
      const session = await opened.session();
      const thread = session.realms.findIndex(({ name }) => name === 'thread');
      return session.intervals
        .filter(({ realm }) => realm === thread)
        .flatMap(({ node, calls }) =>
          [...calls].map((count, row) => [
            session.functions[session.nodes.function[node[row] as number] as number]?.name,
            count,
          ]),
        );
    })
    .toEqual(expect.arrayContaining([['repeat', 1]]));
  await opened.close();
});
