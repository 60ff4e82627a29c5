import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import puppeteer from 'puppeteer-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { CHROMIUM_FLAGS, findBrowser } from '../../scripts/browser.mjs';
import { EXPORTS } from '../../src/export/exports.ts';
import { openPages } from './pages.ts';
import { newFolder, runCli } from './runCli.ts';

const folder = newFolder();
beforeAll(async () => {
  const pages = await openPages();
  const { code, stderr } = await runCli(
    [
      'record',
      `${pages.url}examples/sqljs/?work=short`,
      '--until-selector',
      '[data-figure="module"]',
      '--out',
      'sqljs.wasmscope.json',
      '--runs',
      '1',
    ],
    { cwd: folder },
  );
  await pages.close();
  expect({ code, stderr }).toEqual({ code: 0, stderr: expect.stringContaining('Recording') });
});

test('inspect summarises the session', async () => {
  const { code, stdout } = await runCli(['inspect', 'sqljs.wasmscope.json'], { cwd: folder });
  expect(code).toBe(0);
  expect(stdout).toMatch(/module .*sql-wasm.*streamed/);
  expect(stdout).toMatch(/crossings through \d+ boundary functions/);
});

test('export writes every format', async () => {
  const { code, stdout } = await runCli(
    ['export', 'sqljs.wasmscope.json', '--format', 'all', '--out', 'exported'],
    { cwd: folder },
  );
  expect(code).toBe(0);
  const files = readdirSync(join(folder, 'exported'));
  expect(files.sort()).toEqual(EXPORTS.map(({ extension }) => `sqljs${extension}`).sort());
  expect(stdout.trim().split('\n')).toHaveLength(EXPORTS.length);
});

test('the report is one file that shows all views without a request', async () => {
  expect(
    await runCli(['report', 'sqljs.wasmscope.json', '--out', 'report.html'], { cwd: folder }),
  ).toMatchObject({ code: 0, stdout: 'report.html\n' });
  const path = join(folder, 'report.html');
  expect(statSync(path).size).toBeLessThan(3e6);
  expect(readFileSync(path, 'utf8')).not.toMatch(/<(script|link|img)[^>]+(src|href)=/);
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
    page.on('console', (message) => wrong.push(message.text()));
    page.on(
      'request',
      (request) =>
        request.url().startsWith('file:') ||
        request.url().startsWith('data:') ||
        wrong.push(request.url()),
    );
    await page.goto(`file://${path}`);
    for (const [view, text] of [
      ['overview', 'Linear memory'],
      ['load', 'sql-wasm'],
      ['crossings', 'self'],
      ['memory', 'Pages'],
      ['network', 'Waterfall'],
      ['flame', 'Click a box'],
    ]) {
      await (await page.waitForSelector(`#tab-${view}`))?.click();
      await page.waitForFunction(
        (wanted) => document.getElementById('view')?.textContent?.toLowerCase().includes(wanted),
        {},
        (text as string).toLowerCase(),
      );
    }
    expect(wrong).toEqual([]);
  } finally {
    await browser.close();
  }
});

describe('a session of which nothing can be read ends with code 2', () => {
  const EMPTY = 'empty.wasmscope.json';
  beforeAll(() => {
    // The first line is the head: whoever recorded was killed before the first chunk.
    const [head] = readFileSync(join(folder, 'sqljs.wasmscope.json'), 'utf8').split('\n', 1);
    writeFileSync(join(folder, EMPTY), `${head}\n`);
  });

  test.each([
    ['inspect'],
    ['report', '--out', 'empty.html'],
    ['export', '--format', 'csv', '--out', 'empty'],
    ['check'],
  ])('%s', async (command, ...options) => {
    const result = await runCli([command, EMPTY, ...options], { cwd: folder });
    expect(result).toMatchObject({ code: 2, stdout: '' });
    expect(result.stderr).toMatch(/empty\.wasmscope\.json: The file ends early/);
    expect(readdirSync(folder)).not.toContain('empty');
    expect(readdirSync(folder)).not.toContain('empty.html');
  });
});
