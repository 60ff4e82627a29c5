import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { DEFAULT_SETTINGS } from '../../src/protocol/command.ts';
import { DIST } from './chromium.ts';
import { serveCounter } from './counter.ts';
import type { Driver } from './driver.ts';
import { createDriver } from './driver.ts';
import type { Firefox, Found } from './firefox.ts';
import { openFirefox } from './firefox.ts';
import { callsTo, sessionIdOf } from './recorders.ts';

// What recording.test.ts, window.test.ts and isolation.test.ts see in Chromium, as far as Firefox has it.

const ID = 'wasmscope@wasmscope.dev';

let firefox: Firefox;
let site: Awaited<ReturnType<typeof serveCounter>>;

beforeAll(async () => {
  site = await serveCounter();
  firefox = await openFirefox(join(DIST, 'test/firefox'), ID);
});
afterAll(async () => {
  await firefox?.close();
  await site?.close();
});

type Page = (expression: string) => Promise<unknown>;

/** Once the page's own work is done, whichever document the tab shows by then. */
const finished = (page: Page, more = 'true'): Promise<void> =>
  expect
    .poll(() => page(`document.title === 'done' && ${more}`).catch(() => false), {
      timeout: 20_000,
    })
    .toBe(true);

const openDriver = async () => {
  const panel = await firefox.open(`${firefox.origin}manifest.json`);
  return { panel, driver: await createDriver(panel) };
};

/** Opens the page, records it, and waits for its own work. */
async function recorded(name: string, settings = {}) {
  const url = `${site.url}?${name}`;
  const page = await firefox.open(url);
  await page('globalThis.before = true');
  const { panel, driver } = await openDriver();
  const id = sessionIdOf(await driver.record(url, 'reload', settings));
  await finished(page, '!globalThis.before');
  return { page, panel, driver, id, url };
}

const killBackground = (): Promise<unknown> =>
  firefox.inBrowser(`(async () => {
  const { ExtensionParent } = ChromeUtils.importESModule('resource://gre/modules/ExtensionParent.sys.mjs');
  await ExtensionParent.GlobalManager.getExtension('${ID}').terminateBackground({ ignoreDevToolsAttached: true });
})()`);

/** In the tab that shows this address. */
const clickToolbarButton = (url: string): Promise<unknown> =>
  firefox.inBrowser(`(async () => {
  const { ExtensionParent } = ChromeUtils.importESModule('resource://gre/modules/ExtensionParent.sys.mjs');
  gBrowser.selectedTab = gBrowser.tabs.find(({ linkedBrowser }) => linkedBrowser.currentURI.spec === ${JSON.stringify(url)});
  await ExtensionParent.apiManager.global.browserActionFor(ExtensionParent.GlobalManager.getExtension('${ID}')).triggerAction(window);
})()`);

async function panelWindow(): Promise<Found> {
  await expect.poll(() => firefox.find('panel.html?tab='), { timeout: 20_000 }).not.toBe(null);
  return (await firefox.find('panel.html?tab=')) as Found;
}

const badgeOf = (panel: Page, url: string): Promise<unknown> =>
  panel(`browser.tabs.query({})
  .then((tabs) => browser.action.getBadgeText({ tabId: tabs.find((tab) => tab.url === ${JSON.stringify(url)}).id }))`);

test('Firefox loses and doubles nothing when the background is killed, twenty times', async () => {
  const { page, driver, id } = await recorded('killed');
  for (let kill = 1; kill <= 20; kill++) {
    await killBackground();
    await page('run(100)');
    // A port that closes is opened again, and wakes it.
    await expect.poll(() => driver.connections()).toBe(1 + kill);
    await driver.until('recording');
    // Now and then a chunk is stored in between.
    if (kill % 4 === 0)
      await expect
        .poll(async () => callsTo(await driver.session(id), 'tick'), { timeout: 20_000 })
        .toBe(1000 + 100 * kill);
  }
  await driver.stop();
  const session = await driver.session(id);
  expect(session.info.state).toBe('complete');
  expect(callsTo(session, 'tick')).toBe(3000);
  expect(session.dropped).toEqual([]);
});

test('Firefox goes on recording across a reload, another document, and back out of the back/forward cache', async () => {
  const { page, driver, id, url } = await recorded('around');
  await page('globalThis.before = true, location.reload()').catch(() => {});
  await finished(page, '!globalThis.before');
  await page('globalThis.kept = true');
  await page(`location.href = '${url}2'`).catch(() => {});
  await finished(page, '!globalThis.kept');
  await page('history.back()').catch(() => {});
  await finished(page, 'globalThis.kept');
  await page('run(4)');
  await driver.stop();
  const session = await driver.session(id);
  expect(session.realms).toHaveLength(3);
  expect(callsTo(session, 'tick')).toBe(3004);
});

test('Firefox’s toolbar button opens a window that records the tab', async () => {
  const url = `${site.url}?window`;
  const page = await firefox.open(url);
  await page('globalThis.before = true');
  await clickToolbarButton(url);
  const window = await panelWindow();
  const press = async (name: string): Promise<void> => {
    const button = `[...document.querySelectorAll('.toolbar button')].find(({ textContent, disabled }) => textContent.trim() === '${name}' && !disabled)`;
    await expect
      .poll(() => window.evaluate(`${button} !== undefined`), { timeout: 20_000 })
      .toBe(true);
    await window.click(button);
  };
  await press('Record');
  await finished(page, '!globalThis.before');
  await press('Stop');
  await press('Record without reloading');
  await press('Stop');
  await window.close();
  const { driver } = await openDriver();
  const sessions = (await driver.sessions()).sort((a, b) => a.started - b.started).slice(-2);
  expect(sessions).toMatchObject([
    { mode: 'reload', conditions: { devtools: 'closed' } },
    { mode: 'attach', conditions: { devtools: 'closed' } },
  ]);
  expect(callsTo(await driver.session((sessions[0] as { id: string }).id), 'tick')).toBe(1000);
});

test('Firefox’s toolbar button shows a recording and stops it', async () => {
  const { panel, driver, id, url } = await recorded('badge');
  expect(await badgeOf(panel, url)).toBe('REC');
  await clickToolbarButton(url);
  await (await panelWindow()).close();
  await driver.until('idle');
  expect(await badgeOf(panel, url)).toBe('');
  expect((await driver.session(id)).info.state).toBe('complete');
});

/** Of the tab that shows this address. */
const tool = (url: string, run: string): Promise<unknown> =>
  firefox.inBrowser(`(async () => {
  const { require } = ChromeUtils.importESModule('resource://devtools/shared/loader/Loader.sys.mjs');
  const { gDevTools } = require('devtools/client/framework/devtools');
  const tab = gBrowser.tabs.find(({ linkedBrowser }) => linkedBrowser.currentURI.spec === ${JSON.stringify(url)});
  await ${run};
})()`);

test('Firefox records once DevTools close, and until they open again', async () => {
  const url = `${site.url}?armed`;
  const page = await firefox.open(url);
  await page('globalThis.before = true');
  await tool(url, 'gDevTools.showToolboxForTab(tab)');
  const { panel, driver } = await openDriver();
  await driver.watch(url);
  await panel(`driver.send(${JSON.stringify({ type: 'arm', url, settings: DEFAULT_SETTINGS })})`);
  await driver.until('armed');
  await tool(url, 'gDevTools.closeToolboxForTab(tab)');
  await finished(page, '!globalThis.before');
  const id = sessionIdOf(await driver.until('recording'));
  await tool(url, 'gDevTools.showToolboxForTab(tab)');
  await driver.until('idle');
  const session = await driver.session(id);
  expect(session.info).toMatchObject({ state: 'complete', conditions: { devtools: 'closed' } });
  expect(callsTo(session, 'tick')).toBe(1000);
});

test('Firefox isolates the page for an isolated recording, and no longer', async () => {
  const { page, driver, id } = await recorded('isolated', { isolated: true });
  expect(await page('crossOriginIsolated')).toBe(true);
  await driver.stop();
  const session = await driver.session(id);
  expect(session.realms).toMatchObject([{ crossOriginIsolated: true }]);
  expect(callsTo(session, 'tick')).toBe(1000);
  await page('globalThis.before = true, location.reload()').catch(() => {});
  await finished(page, '!globalThis.before');
  expect(await page('crossOriginIsolated')).toBe(false);
});

/** The page's own work is stored: what comes after may be lost. */
const stored = (driver: Driver, id: string): Promise<void> =>
  expect
    .poll(async () => callsTo(await driver.session(id), 'tick'), { timeout: 20_000 })
    .toBe(1000);

const addon = (change: string): Promise<unknown> =>
  firefox.inBrowser(`(async () => {
  const { AddonManager } = ChromeUtils.importESModule('resource://gre/modules/AddonManager.sys.mjs');
  await (await AddonManager.getAddonByID('${ID}')).${change}();
})()`);

test.each([
  ['disabled and enabled again', ['disable', 'enable']],
  ['reloaded', ['reload']],
])('in Firefox an extension that is %s leaves the page alone, and what was recorded is there', async (name, [
  first,
  then,
]) => {
  const { page, driver: before, id } = await recorded(`${first}d`);
  await stored(before, id);
  await addon(first as string);
  await page('run(6)');
  expect(await page('ticks')).toBe(1006);
  if (then) await addon(then);
  const { driver } = await openDriver();
  const session = await driver.session(id);
  expect(session.info.state, name).toBe('cut');
  expect(callsTo(session, 'tick')).toBe(1000);
});
