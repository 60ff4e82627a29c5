import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Session } from '../../../src/session/model.ts';
import type { Counted, Harness } from '../harness.ts';
import { callsOf } from '../harness.ts';
import { expectSame, openRealms, record, scripts, sessionOf } from './bothRealms.ts';

// Packages as people install them, which run in workers: a database by Emscripten, in a script of
// the server's, and a compiler by Go, in a blob. They give the same, and closures in their workers
// count the same calls as the agent.

const read = (path: string): string =>
  readFileSync(new URL(`../../../${path}`, import.meta.url), 'utf8');

/** In front of a worker's script: counts by closures, and answers when asked. */
const COUNTED = `${read('test/fixtures/countCrossings.js')}
addEventListener('message', (event) => {
  if (event.data !== 'counts') return;
  event.stopImmediatePropagation();
  postMessage({ counts: crossingCounts() });
});\n`;

const html = (head: string) => (_: unknown, response: import('node:http').ServerResponse) =>
  response
    .writeHead(200, { 'Content-Type': 'text/html' })
    .end(`<!doctype html><link rel="icon" href="data:,"><script>
    globalThis.counts = () => new Promise((come) => {
      const hear = ({ data }) => data.counts && (lastWorker.removeEventListener('message', hear), come(data.counts));
      lastWorker.addEventListener('message', hear);
      lastWorker.postMessage('counts');
    });
    const Native = Worker;
    globalThis.Worker = class extends Native {
      constructor(...args) {
        super(...args);
        globalThis.lastWorker = this;
      }
    };
  </script>${head}`);
const ESBUILD = '<script src="/node_modules/esbuild-wasm/lib/browser.min.js"></script>';

let harness: Harness;
beforeAll(async () => {
  harness = await openRealms({
    routes: {
      '/sqljs': html(''),
      '/esbuild': html(ESBUILD),
      '/esbuild-counted': html(`<script src="/inBlobs.js"></script>${ESBUILD}`),
      ...scripts({
        '/node_modules/sql.js/dist/counted.js':
          COUNTED + read('node_modules/sql.js/dist/worker.sql-wasm.js'),
        '/inBlobs.js': `const Text = Blob;
          globalThis.Blob = function (parts, options) { return new Text([${JSON.stringify(COUNTED)}, ...parts], options); };`,
      }),
    },
  });
});
afterAll(() => harness?.close());

declare const esbuild: typeof import('esbuild-wasm');
declare const counts: () => Promise<Counted>;

const query = async (worker: string): Promise<unknown> => {
  const database = new Worker(`/node_modules/sql.js/dist/${worker}`, { name: 'database' });
  const ask = (action: string, more: object = {}): Promise<unknown> =>
    new Promise((come, failed) => {
      database.onmessage = ({ data }) =>
        data.error
          ? failed(new Error(data.error))
          : come(data.results ?? data.rowsModified ?? data.ready);
      database.postMessage({ id: 1, action, ...more });
    });
  await ask('open');
  await ask('exec', { sql: 'CREATE TABLE t (n INTEGER, s TEXT)' });
  await ask('exec', {
    sql: 'WITH RECURSIVE c(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c WHERE n < 500) INSERT INTO t SELECT n, hex(n) FROM c',
  });
  return [
    await ask('getRowsModified'),
    await ask('exec', {
      sql: 'SELECT s, sum(n * n) AS squares FROM t GROUP BY n % 7 ORDER BY 2',
      params: [],
    }),
  ];
};
const queryReal = `(${query})('worker.sql-wasm.js')` as never;
const queryCounted = `(${query})('counted.js')` as never;

const build = async (): Promise<string> => {
  await esbuild.initialize({ wasmURL: '/node_modules/esbuild-wasm/esbuild.wasm' });
  const { code } = await esbuild.transform('const answer: number = 6 * 7; export { answer }', {
    loader: 'ts',
    minify: true,
  });
  return code;
};

/**
 * Expects every function's calls to lie between what the closures had counted before the recording
 * ended and after.
 */
function expectCounted(session: Session, before: Counted, after: Counted): void {
  const calls = callsOf(session);
  for (const side of ['in', 'out'] as const) {
    // A call that the agent has and the closures have not is one too many.
    expect(Object.keys(after[side])).toEqual(expect.arrayContaining(Object.keys(calls[side])));
    for (const [name, least] of Object.entries(before[side])) {
      expect(calls[side][name], name).toBeGreaterThanOrEqual(least);
      expect(calls[side][name], name).toBeLessThanOrEqual(after[side][name] as number);
    }
  }
}

test('sql.js in its worker answers the same', async () => {
  expect(await expectSame(harness, queryReal, 'sqljs')).toMatchObject([
    500,
    [{ columns: ['s', 'squares'] }],
  ]);
});

test('esbuild in its worker builds the same', async () => {
  expect(await expectSame(harness, build, 'esbuild')).toContain('42');
});

test.each([
  { name: 'sql.js', path: 'sqljs', run: queryCounted, realm: 'database' },
  { name: 'esbuild', path: 'esbuild-counted', run: build as never, realm: '' },
])('$name is counted in its worker to the call', async ({ path, run, realm }) => {
  const { opened } = await record(harness, run, path);
  const before = await opened.page.evaluate(() => counts());
  const session = await sessionOf(opened, 2);
  const after = await opened.page.evaluate(() => counts());
  await opened.close();
  const worker = session.realms.findIndex(({ kind }) => kind === 'worker');
  expect(session.realms[worker]?.name).toBe(realm);
  expect(session.modules.map((module) => module.realm)).toEqual([worker]);
  expect(session.functions.filter(({ notMeasuredReason }) => notMeasuredReason !== null)).toEqual(
    [],
  );
  expect(Object.keys(before.in)).not.toEqual([]);
  expectCounted(session, before, after);
});
