import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { exporter, openPanel, press, pressRecord } from '../../scripts/panel.mjs';
import { crossingTable } from '../../src/analysis/crossingTable.ts';
import type { Session } from '../../src/session/model.ts';
import type { Chromium } from './chromium.ts';
import { openChromium, reloading } from './chromium.ts';
import { COUNTER, serveCounter } from './counter.ts';
import { readFile } from './readFile.ts';
import { recordInPanel } from './recorders.ts';

let chromium: Chromium;
let site: Awaited<ReturnType<typeof serveCounter>>;
let folder: string;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'wasmscope-'));
  [chromium, site] = await Promise.all([openChromium(), serveCounter()]);
});
afterEach(async () => {
  await chromium.close();
  await site.close();
  rmSync(folder, { recursive: true });
});

const callsOf = (session: Session): Record<string, number> =>
  Object.fromEntries(
    crossingTable(session).map((row) => [
      session.functions[row.function]?.name.split(/[ .]/).at(-1),
      row.calls,
    ]),
  );

test('the panel in DevTools records a page, shows it and exports it', async () => {
  const page = await chromium.openPage(site.url);
  const panel = await recordInPanel(page);
  await press(await panel.waitForSelector('#tab-crossings'));
  await panel.waitForFunction(
    () => document.querySelector('#view')?.textContent?.includes('tick'),
    { polling: 50 },
  );

  const exportAs = await exporter(chromium.browser, folder);
  const session = await readFile(await exportAs(panel, 'json'));
  expect(session.info).toMatchObject({ state: 'complete', conditions: { devtools: 'open' } });
  expect(session.modules).toMatchObject([
    { method: 'instantiateStreaming', streamed: true, bytes: COUNTER.length },
  ]);
  expect(session.memories).toMatchObject([{ initialPages: 1, maximumPages: 10 }]);
  expect(callsOf(session)).toMatchObject({ run: 1, tick: 1000 });
});

test('the panel in DevTools says by how much they slow the page’s wasm, beside the ways out', async () => {
  const panel = await recordInPanel(await chromium.openPage(site.url));
  const text = await panel.waitForFunction(
    () => {
      const toolbar = document.querySelector('.toolbar')?.textContent ?? '';
      return toolbar.includes('this page’s wasm') && toolbar;
    },
    { polling: 50 },
  );
  expect(await text.jsonValue()).toMatch(
    /Record when DevTools close.*DevTools make this page’s wasm about \d+ times slower.*Open in a window/,
  );
});

test('a recording goes on when DevTools are closed, and is there when they open again', async () => {
  const page = await chromium.openPage(site.url);
  const { devtools, panel } = await openPanel(page);
  await reloading(page, () => pressRecord(panel));
  await devtools.close();
  await page.evaluate(() => (globalThis as unknown as { run(n: number): void }).run(50));
  const driver = await chromium.openDriver();
  await driver.watch(site.url);
  const status = await driver.until('recording');
  await driver.stop();
  const session = await driver.session((status as { session: string }).session);
  expect(callsOf(session)).toMatchObject({ run: 2, tick: 1050 });
});
