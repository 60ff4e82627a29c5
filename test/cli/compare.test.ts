import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import puppeteer from 'puppeteer-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { CHROMIUM_FLAGS, findBrowser } from '../../scripts/browser.mjs';
import type { Comparison } from '../../src/compare/model.ts';
import { openPages } from './pages.ts';
import { newFolder, runCli } from './runCli.ts';

let pages: Awaited<ReturnType<typeof openPages>>;
const cwd = newFolder();
const UNTIL = ['--until-mark', 'all done'];
beforeAll(async () => {
  pages = await openPages();
  for (const [out, query] of [
    ['base', '?ms=1'],
    ['same', '?ms=1'],
    ['extra', '?ms=1&extra'],
  ]) {
    await runCli(
      [
        'record',
        `${pages.url}burn${query}`,
        ...UNTIL,
        '--out',
        out as string,
        '--name',
        'burn',
        '--runs',
        '2',
      ],
      { cwd },
    );
  }
});
afterAll(() => pages?.close());

test('ab records A B B A until the runs are used up, and finds the additional crossing', async () => {
  const { code, stdout, stderr } = await runCli(
    [
      'ab',
      `${pages.url}burn?ms=1`,
      `${pages.url}burn?ms=1&extra`,
      ...UNTIL,
      '--min-runs',
      '4',
      '--max-runs',
      '4',
      '--json',
      '--keep',
      '--out',
      'ab',
    ],
    { cwd },
  );
  expect(code).toBe(1);
  expect([...stderr.matchAll(/Recording ([AB]), run/g)].map(([, side]) => side).join('')).toBe(
    'ABBAABBA',
  );
  const [{ comparison }] = JSON.parse(stdout).pages as [{ comparison: Comparison }];
  expect(comparison).toMatchObject({
    runs: { baseline: 4, candidate: 4 },
    refused: { times: [], memory: [], counts: [], transfer: [] },
  });
  expect(
    comparison.metrics
      .filter(({ worse, group, kind }) => worse && group === 'crossings' && kind === 'exact')
      .map(({ label }) => label),
  ).toEqual(['All crossings: calls', expect.stringContaining('env.nothing: calls')]);
  expect(readdirSync(join(cwd, 'ab')).sort()).toEqual(
    ['a', 'b'].flatMap((side) => [1, 2, 3, 4].map((run) => `${side}-${run}.wasmscope.json`)),
  );
});

test('one more crossing is found, and ends with code 1', async () => {
  const { code, stdout } = await runCli(['compare', 'base', '--', 'extra'], { cwd });
  expect(code).toBe(1);
  expect(stdout).toMatch(/✗ .*nothing.* 100 → 101/);
});

test('exact figures are equal in recordings of the same page', async () => {
  const { stdout } = await runCli(['compare', 'base', '--', 'same', '--json'], { cwd });
  const [{ comparison }] = JSON.parse(stdout).pages;
  // The page ends with its last call: Resource Timing may not have the last answer's size yet.
  const exact = (comparison.metrics as { kind: string; group: string; verdict: string }[]).filter(
    ({ kind, group }) => kind === 'exact' && ['modules', 'crossings', 'memory'].includes(group),
  );
  expect(exact.length).toBeGreaterThan(10);
  expect(exact.filter(({ verdict }) => verdict !== 'equal')).toEqual([]);
});

test('the report of two sides shows every part of their comparison', async () => {
  expect(await runCli(['report', 'base', '--', 'extra'], { cwd })).toMatchObject({ code: 0 });
  const path = join(cwd, 'wasmscope-report.html');
  expect(readFileSync(path, 'utf8')).toMatch(/<noscript>.*✗ .*nothing.* 100 → 101/s);
  const browser = await puppeteer.launch({
    executablePath: findBrowser(),
    headless: true,
    pipe: true,
    args: CHROMIUM_FLAGS,
  });
  try {
    const page = await browser.newPage();
    const wrong: string[] = [];
    page.on('pageerror', (error) => wrong.push(String(error)));
    await page.goto(`file://${path}`);
    for (const [part, text] of [
      ['metrics', 'env.nothing: calls'],
      ['why', 'No timing changed significantly'],
      ['time', 'Linear memory'],
      ['crossings', 'nothing'],
      ['flame', 'burn_outside'],
    ]) {
      await (await page.waitForSelector(`#tab-compare-${part}`))?.click();
      await page.waitForFunction(
        (wanted) => document.querySelector('.compare-part')?.textContent?.includes(wanted),
        {},
        text as string,
      );
    }
    expect(wrong).toEqual([]);
  } finally {
    await browser.close();
  }
});

test.each([
  [['compare', 'base'], 'wasmscope compare before -- after'],
  [['compare', 'base', '--'], 'Which sessions?'],
  [['ab', 'http://a.example/'], 'Which two builds?'],
  [['ab', '--serve-a', '.'], 'Give both --serve-a and --serve-b'],
])('%j is refused with a message', async (args, message) => {
  expect(await runCli(args, { cwd })).toMatchObject({
    code: 2,
    stdout: '',
    stderr: expect.stringContaining(message),
  });
});
