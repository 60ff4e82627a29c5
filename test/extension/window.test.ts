import type { Page } from 'puppeteer-core';
import { afterEach, beforeEach, expect, test } from 'vitest';
import {
  clickToolbarButton,
  openPanel,
  openPanelWindow,
  press,
  pressRecord,
  pressStop,
} from '../../scripts/panel.mjs';
import type { Chromium } from './chromium.ts';
import { finished, openChromium, reloading } from './chromium.ts';
import { serveCounter } from './counter.ts';
import { openAndRecord } from './recorders.ts';

// Recording with DevTools closed: from the toolbar button, and from a panel that waits for that.

let chromium: Chromium;
let site: Awaited<ReturnType<typeof serveCounter>>;

beforeEach(async () => {
  [chromium, site] = await Promise.all([openChromium(), serveCounter()]);
});
afterEach(async () => {
  await chromium.close();
  await site.close();
});

const isPanel = (url: string): boolean => url.includes('/panel.html?tab=');
/** The text on the toolbar button of the page's tab. */
const badge = async (page: Page): Promise<string> => {
  const driver = await chromium.browser.newPage();
  await driver.goto(`${chromium.origin}manifest.json`);
  const text =
    await driver.evaluate(`chrome.tabs.query({}).then((tabs) => chrome.action.getBadgeText({
    tabId: tabs.find(({ url }) => url === ${JSON.stringify(page.url())}).id }))`);
  await driver.close();
  return text as string;
};
/** The session of the only recording. */
const onlySession = async () => {
  const driver = await chromium.openDriver();
  const [info] = await driver.sessions();
  if (!info) throw new Error('Nothing was recorded.');
  return await driver.session(info.id);
};

test('the toolbar button opens a window that records the tab with DevTools closed', async () => {
  const page = await chromium.openPage(site.url);
  const panel = await openPanelWindow(page);
  await reloading(page, () => pressRecord(panel));
  await pressStop(panel);
  const { info, modules } = await onlySession();
  expect(info).toMatchObject({
    state: 'complete',
    mode: 'reload',
    conditions: { devtools: 'closed' },
  });
  expect(modules).toHaveLength(1);
});

test('the toolbar button shows that a tab is recorded, also after a reload, and stops it', async () => {
  const { page, driver } = await openAndRecord(chromium, site.url);
  await page.reload();
  await finished(page);
  await expect.poll(() => badge(page)).toBe('REC');
  await clickToolbarButton(page);
  await driver.until('idle');
  await expect.poll(() => badge(page)).toBe('');
  expect((await onlySession()).info.state).toBe('complete');
});

test('a recording goes on when the window is closed', async () => {
  const page = await chromium.openPage(site.url);
  const panel = await openPanelWindow(page);
  await reloading(page, () => pressRecord(panel));
  await panel.close();
  const driver = await chromium.openDriver();
  await driver.watch(site.url);
  await driver.until('recording');
  await driver.stop();
  expect((await onlySession()).info.state).toBe('complete');
});

test('a second click shows the window that is open', async () => {
  const page = await chromium.openPage(site.url);
  await openPanelWindow(page);
  await clickToolbarButton(page);
  const driver = await chromium.openDriver();
  await driver.watch(site.url);
  await driver.until('idle');
  expect(chromium.browser.targets().filter((target) => isPanel(target.url()))).toHaveLength(1);
});

test('an armed panel records once DevTools close, until they open again', async () => {
  const page = await chromium.openPage(site.url);
  const { devtools, panel } = await openPanel(page);
  await press(await panel.waitForSelector('text/Record when DevTools close'));
  const driver = await chromium.openDriver();
  await driver.watch(site.url);
  await driver.until('armed');
  const reloaded = page.waitForNavigation();
  await devtools.close();
  await reloaded;
  await finished(page);
  await driver.until('recording');
  await page.openDevTools();
  await driver.until('idle');
  const { info, modules } = await onlySession();
  expect(info).toMatchObject({ state: 'complete', conditions: { devtools: 'closed' } });
  expect(modules).toHaveLength(1);
});

test('the session notes that DevTools were opened during the recording', async () => {
  const { page, driver } = await openAndRecord(chromium, site.url);
  await page.openDevTools();
  await expect
    .poll(async () => (await driver.sessions()).map(({ conditions }) => conditions.devtools), {
      timeout: 10_000,
    })
    .toEqual(['mixed']);
  await driver.stop();
});
