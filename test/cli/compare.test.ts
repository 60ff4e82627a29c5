import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openPages } from './pages.ts';
import { newFolder, runCli } from './runCli.ts';

let pages: Awaited<ReturnType<typeof openPages>>;
const cwd = newFolder();
const UNTIL = ['--until-mark', 'all done'];
beforeAll(async () => {
  pages = await openPages();
  for (const [out, query] of [['base', '?ms=1'], ['same', '?ms=1'], ['extra', '?ms=1&extra']]) {
    await runCli(['record', `${pages.url}burn${query}`, ...UNTIL, '--out', out as string, '--name', 'burn', '--runs', '2'], { cwd });
  }
});
afterAll(() => pages?.close());

test('two builds in turn: a slower import is found, and named first', async () => {
  const { code, stdout, stderr } = await runCli(
    ['ab', `${pages.url}burn?ms=1`, `${pages.url}burn?ms=12`, ...UNTIL, '--min-runs', '6', '--max-runs', '8', '--time', '1', '--json', '--keep', '--out', 'ab'], { cwd },
  );
  expect({ code, stderr }).toEqual({ code: 1, stderr: expect.stringContaining('Warming up A') });
  const [{ comparison }] = JSON.parse(stdout).pages;
  const { metrics, explanation } = comparison as { metrics: { id: string; verdict: string }[]; explanation: { label: string }[] };
  expect(metrics.filter(({ id, verdict }) => /burn/.test(id) && /self/.test(id) && verdict === 'slower').length).toBeGreaterThan(0);
  expect(explanation[0]?.label).toContain('burn');
  expect(readdirSync(join(cwd, 'ab')).filter((name) => /^a-\d/.test(name)).length).toBeGreaterThanOrEqual(6);
});

test('one more crossing is found, and ends with 1', async () => {
  const { code, stdout } = await runCli(['compare', 'base', '--', 'extra'], { cwd });
  expect(code).toBe(1);
  expect(stdout).toMatch(/✗ .*nothing.* 100 → 101/);
});

test('nothing exact differs between recordings of the same', async () => {
  const { stdout } = await runCli(['compare', 'base', '--', 'same', '--json'], { cwd });
  const [{ comparison }] = JSON.parse(stdout).pages;
  const exact = (comparison.metrics as { kind: string; noisy: boolean; verdict: string }[]).filter(({ kind, noisy }) => kind === 'exact' && !noisy);
  expect(exact.length).toBeGreaterThan(10);
  expect(exact.filter(({ verdict }) => verdict !== 'equal')).toEqual([]);
});

test('the report of two sides has their comparison', async () => {
  expect(await runCli(['report', 'base', '--', 'extra'], { cwd })).toMatchObject({ code: 0 });
  expect(readFileSync(join(cwd, 'wasmscope-report.html'), 'utf8')).toMatch(/<noscript>.*✗ .*nothing.* 100 → 101/s);
});

test.each([
  [['compare', 'base'], 'Give BASE… -- HEAD…'],
  [['compare', 'base', '--'], 'Which session?'],
  [['ab', 'http://a.example/'], 'Which two?'],
  [['ab', '--serve-a', '.'], 'Give both --serve-a and --serve-b'],
])('%j is refused in words', async (args, message) => {
  expect(await runCli(args, { cwd })).toMatchObject({ code: 2, stdout: '', stderr: expect.stringContaining(message) });
});
