import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Harness } from '../harness.ts';
import { expectSame, openRealms, record, scripts, sessionOf } from './bothRealms.ts';

// Workers from the page's own server: what they load and report stays relative to the address that
// the page passed.

const PAGE = `<!doctype html><script>globalThis.answer = (worker) => new Promise((done) => {
  worker.onmessage = ({ data }) => done(data);
  worker.onerror = ({ type, message, filename, lineno }) => done([type, message, filename, lineno]);
})</script>`;
declare const answer: (worker: Worker) => Promise<unknown>;

const html =
  (headers: Record<string, string> = {}) =>
  (_: unknown, response: import('node:http').ServerResponse) =>
    response.writeHead(200, { 'Content-Type': 'text/html', ...headers }).end(PAGE);

let harness: Harness;
beforeAll(async () => {
  harness = await openRealms({
    routes: {
      '/page': html(),
      '/self': html({ 'Content-Security-Policy': "worker-src 'self'" }),
      '/meta': (_, response) =>
        response
          .writeHead(200, { 'Content-Type': 'text/html' })
          .end(`<meta http-equiv="Content-Security-Policy" content="worker-src 'self'">${PAGE}`),
      '/types': html({ 'Content-Security-Policy': "require-trusted-types-for 'script'" }),
      ...scripts({
        '/w/classic.js': `importScripts('part.js', './part.js?again');
          const xhr = new XMLHttpRequest(); xhr.open('GET', 'part.js', false); xhr.send();
          fetch('data.json').then((got) => postMessage([location.href, location.search, part, new Request('x').url, xhr.responseURL, got.url]));
          var inGlobal = 1; const lexical = 2;`,
        '/w/part.js': 'globalThis.part = (globalThis.part ?? 0) + 1;',
        '/w/data.json': '{}',
        '/w/lexical.js': 'const lexical = 2; var inGlobal = 1; importScripts("reads.js")',
        '/w/reads.js': 'postMessage([lexical, self.inGlobal, typeof self.lexical])',
        '/w/module.js': `import { part } from './part.mjs';
          postMessage([import.meta.url, location.href, part, new URL('./x.wasm', import.meta.url).href, self.name, typeof importScripts]);`,
        '/w/part.mjs': 'export const part = new URL(import.meta.url).pathname;',
        '/w/waits.js': `const got = []; onmessage = ({ data }) => { got.push(data); if (data === 'end') postMessage(got) };
          await new Promise((come) => addEventListener('message', come, { once: true }));`,
        '/w/fails.js': '\nthrow new RangeError("of the worker")',
        '/w/syntax.js': 'let let = 1',
        '/w/nested.js':
          "new Worker('echo.js').onmessage = ({ data }) => postMessage(['from inside', data])",
        '/w/echo.js': 'postMessage(location.pathname)',
        '/w/import.js': "import('./part.mjs').then(({ part }) => postMessage(part))",
      }),
    },
  });
});
afterAll(() => harness?.close());

const same = <Result>(run: () => Result | Promise<Result>, path = 'page'): Promise<Result> =>
  expectSame(harness, run, path);

test('a classic worker resolves importScripts, fetch, XMLHttpRequest and Request against its own address', async () => {
  const seen = await same(() => answer(new Worker('w/classic.js?q=1')));
  const at = `${harness.url}w/`;
  expect(seen).toEqual([
    `${at}classic.js?q=1`,
    '?q=1',
    2,
    `${at}x`,
    `${at}part.js`,
    `${at}data.json`,
  ]);
});

test('a classic worker’s top-level declarations are seen by the scripts that it imports', async () => {
  expect(await same(() => answer(new Worker('w/lexical.js')))).toEqual([2, 1, 'undefined']);
});

test('a classic worker imports modules from beside it', async () => {
  expect(await same(() => answer(new Worker('w/import.js')))).toBe('/w/part.mjs');
});

test('a module worker has its own import.meta.url, relative imports and name', async () => {
  const seen = await same(() =>
    answer(
      new Worker(new URL('w/module.js', location.href), { type: 'module', name: 'em-pthread' }),
    ),
  );
  const at = `${harness.url}w/`;
  expect(seen).toEqual([
    `${at}module.js`,
    `${at}module.js`,
    '/w/part.mjs',
    `${at}x.wasm`,
    'em-pthread',
    'function',
  ]);
});

test('messages posted at once reach a module worker that awaits them at its top level', async () => {
  expect(
    await same(() => {
      const worker = new Worker('w/waits.js', { type: 'module' });
      worker.postMessage(1);
      worker.postMessage('end');
      return answer(worker);
    }),
  ).toEqual([1, 'end']);
});

test('errors of workers have their message, address and line', async () => {
  const seen = await same(async () => [
    await answer(new Worker('w/fails.js')),
    await answer(new Worker('w/fails.js', { type: 'module' })),
    await answer(new Worker('w/syntax.js', { type: 'module' })),
  ]);
  expect(seen[0]).toEqual([
    'error',
    'Uncaught RangeError: of the worker',
    `${harness.url}w/fails.js`,
    2,
  ]);
});

test('a worker starts another by an address relative to its own', async () => {
  expect(await same(() => answer(new Worker('w/nested.js')))).toEqual([
    'from inside',
    '/w/echo.js',
  ]);
});

test('a terminated worker says nothing more', async () => {
  expect(
    await same(async () => {
      const worker = new Worker('w/echo.js');
      const first = await answer(worker);
      let more = 0;
      worker.onmessage = () => more++;
      worker.terminate();
      worker.postMessage('lost');
      await answer(new Worker('w/echo.js'));
      return [first, more];
    }),
  ).toEqual(['/w/echo.js', 0]);
});

test.each([
  'self',
  'meta',
  'types',
])('a page with a policy (%s) sees no violation; its workers run unmeasured', async (path) => {
  const run = async (): Promise<unknown> => {
    const violations: string[] = [];
    document.addEventListener('securitypolicyviolation', ({ blockedURI }) =>
      violations.push(blockedURI),
    );
    const attempt = async (): Promise<unknown> => {
      try {
        return await answer(new Worker('w/echo.js'));
      } catch (error) {
        return `${error}`;
      }
    };
    return [await attempt(), violations];
  };
  await same(run, path);
  const { opened } = await record(harness, run, path);
  const session = await sessionOf(opened, 1);
  expect(session.unmeasured.map(({ what, reason }) => `${what}: ${reason}`)).toEqual([
    `worker ${harness.url}w/echo.js: the page’s content security policy may forbid the agent`,
  ]);
  await opened.close();
});

test('workers from the page’s server are realms of the session, with their names', async () => {
  const { opened } = await record(
    harness,
    () =>
      Promise.all([
        answer(new Worker('w/echo.js', { name: 'classic' })),
        answer(new Worker('w/module.js', { type: 'module', name: 'module' })),
      ]),
    'page',
  );
  const session = await sessionOf(opened, 3);
  expect(
    session.realms.map(({ kind, name, url }) => [kind, name, new URL(url).pathname]).sort(),
  ).toEqual([
    ['page', '', '/page'],
    ['worker', 'classic', '/w/echo.js'],
    ['worker', 'module', '/w/module.js'],
  ]);
  await opened.close();
});
