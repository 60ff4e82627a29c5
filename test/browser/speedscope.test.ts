import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ExportFormat, ExportSource } from '../../src/export/exports.ts';
import { bytesOf, formatOf, sourceOf } from '../unit/export/readExport.ts';
import { recordingOf } from '../unit/sessionBuilder.ts';
import type { Harness } from './harness.ts';
import { openHarness } from './harness.ts';

// Exports, imported by speedscope's own page.

let harness: Harness;
let folder: string;
beforeAll(async () => {
  harness = await openHarness();
  folder = mkdtempSync(join(tmpdir(), 'wasmscope-'));
});
afterAll(async () => {
  await harness?.close();
  rmSync(folder, { recursive: true });
});

const NAME = 'say "hi"; twice';
const recording = recordingOf({
  functions: ['step', { name: 'env.log;\n"x"', kind: 'import' }],
  nodes: [
    { parent: 0, function: 0 },
    { parent: 1, function: 1 },
  ],
  seconds: [
    [
      [1, 10, 5],
      [2, 30, 2],
    ],
    [[1, 10, 5]],
  ],
});

/**
 * Returns what speedscope shows of an export: its title, and the function table of its Sandwich
 * view.
 */
async function shown(
  id: ExportFormat['id'],
  source: ExportSource,
  functions: number,
): Promise<{ title: string; table: string; messages: string[] }> {
  const file = join(folder, `export${formatOf(id).extension}`);
  writeFileSync(file, await bytesOf(id, source));
  const { page, messages, close } = await harness.open({
    path: 'node_modules/speedscope/dist/release/index.html',
    agent: false,
  });
  const input = await page.waitForSelector('input[type=file]');
  await (input as unknown as { uploadFile(path: string): Promise<void> }).uploadFile(file);
  await page.waitForFunction(() => document.title !== 'speedscope', { polling: 50 });
  await page.keyboard.press('3');
  // The table's head is a table of its own before it.
  const table = (await (
    await page.waitForFunction(
      (rows) => {
        const text = document.body.innerText.split('Symbol Name')[1];
        return (
          text !== undefined &&
          text.split('a.wasm').length > rows &&
          ` ${text.replace(/\s+/g, ' ')}`
        );
      },
      { polling: 50 },
      functions,
    )
  ).jsonValue()) as string;
  const title = await page.title();
  await close();
  return { title, table, messages: messages.filter((text) => /error|uncaught/i.test(text)) };
}

test('speedscope shows a session’s name, its functions and their times', async () => {
  const { title, table, messages } = await shown(
    'speedscope',
    sourceOf(recording, { name: NAME }),
    2,
  );
  expect(messages).toEqual([]);
  expect(title).toContain(NAME);
  expect(table).toMatch(/10\.00ms \(100%\) 8\.00ms \(80%\) export:step \(a\.wasm\)/);
  expect(table).toMatch(/2\.00ms \(20%\) 2\.00ms \(20%\) import:env\.log; "x" \(a\.wasm\)/);
});

test('speedscope opens a session without crossings', async () => {
  const { title, messages } = await shown('speedscope', sourceOf([], { name: NAME }), 0);
  expect(messages).toEqual([]);
  expect(title).toContain(NAME);
});

test.each([
  ['folded-us', /8,?000 \(80%\).*export:step/],
  ['folded-calls', /20 \(40%\).*export:step/],
] as const)('speedscope imports %s', async (id, row) => {
  const { table, messages } = await shown(id, sourceOf(recording), 2);
  expect(messages).toEqual([]);
  expect(table).toMatch(row);
  expect(table).toContain('import:env.log: "x" (a.wasm)');
});
