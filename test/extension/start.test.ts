import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { findBrowser } from '../../scripts/browser.mjs';
import { recordToFolder } from '../../scripts/startHeadless.mjs';
import { serveCounter } from './counter.ts';
import { readFile } from './readFile.ts';

// What npm start does without a display.

let folder: string;
let out: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'wasmscope-'));
  out = join(folder, 'out', 'now');
});
afterEach(() => rmSync(folder, { recursive: true }));

test('a page is recorded with DevTools closed, and written with a picture of each view', async () => {
  const site = await serveCounter();
  try {
    await recordToFolder(findBrowser(), site.url, out);
  } finally {
    await site.close();
  }
  const names = readdirSync(out);
  expect(names.filter((name) => name.endsWith('.png'))).toHaveLength(14);
  const session = await readFile(
    join(out, names.find((name) => name.endsWith('.wasmscope.json')) ?? ''),
  );
  expect(session.info).toMatchObject({
    page: site.url,
    state: 'complete',
    conditions: { devtools: 'closed' },
  });
  expect(session.modules).toHaveLength(1);
});

test('a page that cannot be opened leaves no folder, and the message says what to look at', async () => {
  const site = await serveCounter();
  await site.close();
  await expect(recordToFolder(findBrowser(), site.url, out)).rejects.toThrow(
    /could not be opened .* Check the address and that its server runs/,
  );
  expect(existsSync(join(folder, 'out'))).toBe(false);
});
