import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Frame } from 'puppeteer-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { exporter, openPanel, press, pressRecord } from '../../scripts/panel.mjs';
import type { Session } from '../../src/session/model.ts';
import type { Chromium } from './chromium.ts';
import { openChromium, reloading } from './chromium.ts';
import { COUNTER, runTicks, serveCounter } from './counter.ts';
import { readFile } from './readFile.ts';
import { callsTo, recordInPanel, sessionIdOf } from './recorders.ts';

// The panel in real DevTools, operated by its own buttons.

let chromium: Chromium;
let site: Awaited<ReturnType<typeof serveCounter>>;

beforeAll(async () => {
  [chromium, site] = await Promise.all([openChromium(), serveCounter()]);
});
afterAll(async () => {
  await chromium?.close();
  await site?.close();
});

describe('the panel in DevTools', () => {
  let folder: string;
  let panel: Frame;
  let session: Session;
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'wasmscope-'));
    panel = await recordInPanel(await chromium.openPage(`${site.url}?panel`));
    const exportAs = await exporter(chromium.browser, folder);
    session = await readFile(await exportAs(panel, 'json'));
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  test('shows the crossings that it recorded', async () => {
    await press(await panel.waitForSelector('#tab-crossings'));
    await panel.waitForFunction(
      () => document.querySelector('#view')?.textContent?.includes('tick'),
      { polling: 50 },
    );
  });

  test('exports a complete session, which says that DevTools were open', () => {
    expect(session.info).toMatchObject({ state: 'complete', conditions: { devtools: 'open' } });
  });

  test('exports the module', () => {
    expect(session.modules).toMatchObject([
      { method: 'instantiateStreaming', streamed: true, bytes: COUNTER.length },
    ]);
  });

  test('exports the memory', () => {
    expect(session.memories).toMatchObject([{ initialPages: 1, maximumPages: 10 }]);
  });

  test('exports every call', () => {
    expect(callsTo(session, 'run')).toBe(1);
    expect(callsTo(session, 'tick')).toBe(1000);
  });

  test('says by how much DevTools slow the page’s wasm, beside the ways out', async () => {
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
});

test('a recording goes on when DevTools are closed', async () => {
  const url = `${site.url}?closed`;
  const page = await chromium.openPage(url);
  const { devtools, panel } = await openPanel(page);
  await reloading(page, () => pressRecord(panel));
  await devtools.close();
  await runTicks(page, 50);
  const driver = await chromium.openDriver();
  await driver.watch(url);
  const id = sessionIdOf(await driver.until('recording'));
  await driver.stop();
  const session = await driver.session(id);
  expect(callsTo(session, 'run')).toBe(2);
  expect(callsTo(session, 'tick')).toBe(1050);
});
