import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Session } from '../../src/session/model.ts';
import { callsOf } from '../browser/harness.ts';
import { openPages } from './pages.ts';
import { newFolder, runCli, sessionOf } from './runCli.ts';

let pages: Awaited<ReturnType<typeof openPages>>;
const folder = newFolder();
beforeAll(async () => {
  pages = await openPages();
});
afterAll(() => pages?.close());

async function recorded(args: readonly string[]): Promise<Session> {
  const result = await runCli(['record', '--out', folder, ...args]);
  expect(result).toMatchObject({ code: 0 });
  return sessionOf(join(fileURLToPath(new URL('../..', import.meta.url)), result.stdout.trim()));
}

/** Calls of the import `nothing` in every worker: its realm's name, and the number. */
const workOf = (session: Session): number[] =>
  session.realms
    .map((_, realm) =>
      session.intervals
        .filter((interval) => interval.realm === realm)
        .reduce(
          (sum, { node, calls }) =>
            sum +
            node.reduce(
              (all, id, row) =>
                all +
                (session.functions[session.nodes.function[id] as number]?.name === 'env.nothing'
                  ? (calls[row] as number)
                  : 0),
              0,
            ),
          0,
        ),
    )
    .filter((calls) => calls > 0)
    .sort((a, b) => a - b);

describe('the examples', () => {
  test.each([
    'rapier',
    'sqljs',
  ])('%s is counted to the call, as closures in the page count it', async (name) => {
    const counts = join(folder, `${name}.json`);
    const scenario = join(folder, `${name}.mjs`);
    writeFileSync(
      scenario,
      `
      import { readFileSync, writeFileSync } from 'node:fs';
      export async function run(page, { url }) {
        await page.evaluateOnNewDocument(readFileSync(${JSON.stringify(fileURLToPath(new URL('../fixtures/countCrossings.js', import.meta.url)))}, 'utf8'));
        await page.goto(url + '?work=short');
        await page.waitForFunction(() => document.title === 'done');
        writeFileSync(${JSON.stringify(counts)}, JSON.stringify(await page.evaluate(() => crossingCounts())));
      }
    `,
    );
    const session = await recorded([`${pages.url}examples/${name}/`, '--scenario', scenario]);
    const { memories: _, ...truth } = JSON.parse(readFileSync(counts, 'utf8'));
    expect(callsOf(session)).toEqual(truth);
    expect(session.info).toMatchObject({
      source: 'cli',
      state: 'complete',
      conditions: { devtools: 'closed' },
    });
  });
});

test('module, blob, nested and shared workers are measured from their first line', async () => {
  const session = await recorded([`${pages.url}workers`, '--until-mark', 'all done']);
  expect(workOf(session)).toEqual([100, 200, 300, 400]);
  expect(session.realms.map(({ kind }) => kind).sort()).toEqual([
    'page',
    'sharedworker',
    'worker',
    'worker',
    'worker',
    'worker',
  ]);
});

test('every worker of a pool that receives its module from the page is measured', async () => {
  const session = await recorded([`${pages.url}pthreads`, '--until-mark', 'all done']);
  expect(workOf(session)).toEqual([100, 200, 300]);
});

test('workers that compute or wait without end are terminated, and their calls are recorded', async () => {
  const result = await runCli([
    'record',
    '--out',
    join(folder, 'stuck.json'),
    `${pages.url}stuck`,
    '--until-mark',
    'begun',
  ]);
  expect(
    result.stderr.match(/A worker never became idle; its script was terminated/g),
  ).toHaveLength(2);
  const session = await sessionOf(join(folder, 'stuck.json'));
  expect(workOf(session)).toEqual([500]);
  expect(session.realms.map(({ kind, ended }) => [kind, ended])).toEqual(
    expect.arrayContaining([
      ['worker', true],
      ['worker', true],
    ]),
  );
});

test('windows that a page opens are listed as not measured, with the reason', async () => {
  const session = await recorded([
    `${pages.url}opener`,
    '--until-mark',
    'opened',
    '--browser-flag=--disable-popup-blocking',
  ]);
  expect(session.unmeasured).toEqual([
    expect.objectContaining({
      what: 'a window that the page opened',
      reason: expect.stringContaining('record its URL separately'),
      count: 2,
    }),
  ]);
});

test('a page that loads no wasm is recorded, with a warning and the requests that failed', async () => {
  const file = join(folder, 'broken.json');
  const { code, stderr } = await runCli([
    'record',
    '--out',
    file,
    `${pages.url}broken`,
    '--duration',
    '0.2',
  ]);
  expect(code).toBe(0);
  expect(stderr).toMatch(
    /No WebAssembly was loaded during the recording.*1 request failed:.*gone\.js: answered 404/s,
  );
  expect(stderr).not.toContain('token');
  expect((await runCli(['inspect', file])).stdout).toContain('No WebAssembly was loaded');
  expect(await runCli(['check', file])).toMatchObject({
    code: 2,
    stdout: expect.stringContaining('? module size  –'),
  });
});

test('precompressed files are sent only on request, and the session says so', async () => {
  const site = newFolder();
  const text = '<!doctype html><title>plain</title>';
  writeFileSync(join(site, 'index.html'), text);
  writeFileSync(join(site, 'index.html.gz'), gzipSync(text.repeat(100)));
  const recordSite = async (...options: string[]): Promise<Session> =>
    recorded(['--serve', site, '--duration', '0.5', ...options]);
  const plain = await recordSite();
  expect(plain.info.conditions.setup).toBeUndefined();
  expect(plain.requests[0]?.decodedBodySize).toBe(text.length);
  const compressed = await recordSite('--precompressed');
  expect(compressed.info.conditions.setup).toBe('precompressed files');
  expect(compressed.requests[0]?.decodedBodySize).toBe(text.length * 100);
});
