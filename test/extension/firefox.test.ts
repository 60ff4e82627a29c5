import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { crossingTable } from '../../src/analysis/crossingTable.ts';
import { DIST } from './chromium.ts';
import { serveCounter } from './counter.ts';
import { createDriver } from './driver.ts';
import type { Firefox } from './firefox.ts';
import { openFirefox } from './firefox.ts';

let firefox: Firefox;
let site: Awaited<ReturnType<typeof serveCounter>>;

beforeAll(async () => {
  site = await serveCounter();
  firefox = await openFirefox(join(DIST, 'test/firefox'), 'wasmscope@wasmscope.dev');
});
afterAll(async () => {
  await firefox?.close();
  await site?.close();
});

test('Firefox records a page and shows it', async () => {
  const page = await firefox.open(site.url);
  await page('globalThis.before = true');
  const panel = await firefox.open(`${firefox.origin}panel.html`);
  const driver = await createDriver(panel);
  const status = await driver.record(site.url);
  expect(status).toMatchObject({ state: 'recording' });
  await expect
    .poll(() => page('!globalThis.before && document.title').catch(() => 'on its way'), {
      timeout: 20_000,
    })
    .toBe('done');
  await page('run(500)');
  await driver.stop();

  const session = await driver.session((status as { session: string }).session);
  expect(session.info).toMatchObject({
    state: 'complete',
    conditions: { browser: expect.stringContaining('Firefox') },
  });
  const calls = crossingTable(session).map((row) => [
    session.functions[row.function]?.name.split(/[ .]/).at(-1),
    row.calls,
  ]);
  expect(Object.fromEntries(calls)).toMatchObject({ run: 2, tick: 1500 });

  await panel('location.reload()');
  await expect
    .poll(
      () =>
        panel(
          `document.querySelector('#tab-crossings')?.click(), document.querySelector('#view')?.textContent`,
        ).catch(() => ''),
      { timeout: 20_000 },
    )
    .toContain('tick');
});

test('Firefox’s DevTools have the panel', async () => {
  const tool = await firefox.inBrowser(`(async () => {
    const { require } = ChromeUtils.importESModule('resource://devtools/shared/loader/Loader.sys.mjs');
    const { gDevTools } = require('devtools/client/framework/devtools');
    gBrowser.selectedTab = gBrowser.tabs[1];
    const toolbox = await gDevTools.showToolboxForTab(gBrowser.selectedTab, { toolId: 'webconsole' });
    for (let tries = 0; tries < 100 && toolbox.getAdditionalTools().length === 0; tries++) await new Promise((done) => setTimeout(done, 100));
    const [{ id, label }] = toolbox.getAdditionalTools();
    await toolbox.selectTool(id);
    return toolbox.currentToolId === id && label;
  })()`);
  expect(tool).toBe('Wasmscope');
});
