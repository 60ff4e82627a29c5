import { afterAll, beforeAll, expect, test } from 'vitest';
import { DEFAULT_SETTINGS } from '../../src/protocol/defaultSettings.ts';
import { serveCounter } from './counter.ts';
import type { Firefox } from './firefox.ts';
import {
  badgeOf,
  changeExtension,
  clickToolbarButton,
  closeDevtools,
  finished,
  killBackground,
  openAndRecord,
  openDevtools,
  openDriver,
  openFirefoxWithExtension,
  panelWindow,
  reload,
  reloading,
} from './firefoxExtension.ts';
import { callsTo, sessionIdOf } from './recorders.ts';

// What the tests for Chromium see, as far as Firefox has it.

const TIMEOUT = { timeout: 20_000 };

let firefox: Firefox;
let site: Awaited<ReturnType<typeof serveCounter>>;

beforeAll(async () => {
  site = await serveCounter();
  firefox = await openFirefoxWithExtension();
});
afterAll(async () => {
  await firefox?.close();
  await site?.close();
});

test('Firefox loses and doubles nothing when the background is killed twenty times', async () => {
  const { page, driver, id } = await openAndRecord(firefox, `${site.url}?killed`);
  for (let kill = 1; kill <= 20; kill++) {
    await killBackground(firefox);
    await page('run(100)');
    // A port that closes is opened again, which wakes the background.
    await expect.poll(() => driver.connections()).toBe(1 + kill);
    await driver.until('recording');
    // Now and then a chunk is stored in between.
    if (kill % 4 === 0)
      await expect
        .poll(async () => callsTo(await driver.session(id), 'tick'), TIMEOUT)
        .toBe(1000 + 100 * kill);
  }
  await driver.stop();
  const session = await driver.session(id);
  expect(session.info.state).toBe('complete');
  expect(callsTo(session, 'tick')).toBe(3000);
  expect(session.dropped).toEqual([]);
});

test('Firefox goes on recording across a reload, another document, and back out of the back/forward cache', async () => {
  const url = `${site.url}?around`;
  const { page, driver, id } = await openAndRecord(firefox, url);
  await reload(page);
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

test('Firefox’s toolbar button opens a window that records the tab, with DevTools closed', async () => {
  const url = `${site.url}?window`;
  const page = await firefox.open(url);
  await clickToolbarButton(firefox, url);
  const window = await panelWindow(firefox);
  const press = async (name: string): Promise<void> => {
    const button = `[...document.querySelectorAll('.toolbar button')].find(({ textContent, disabled }) => textContent.trim() === '${name}' && !disabled)`;
    await expect.poll(() => window.evaluate(`${button} !== undefined`), TIMEOUT).toBe(true);
    await window.click(button);
  };
  await reloading(page, () => press('Record'));
  await press('Stop');
  await press('Record without reloading');
  await press('Stop');
  await window.close();
  const { driver } = await openDriver(firefox);
  const sessions = (await driver.sessions()).sort((a, b) => a.started - b.started).slice(-2);
  expect(sessions).toMatchObject([
    { mode: 'reload', conditions: { devtools: 'closed' } },
    { mode: 'attach', conditions: { devtools: 'closed' } },
  ]);
  expect(callsTo(await driver.session(sessions[0]?.id ?? ''), 'tick')).toBe(1000);
});

test('Firefox’s toolbar button shows that a tab is recorded, and stops it', async () => {
  const url = `${site.url}?badge`;
  const { panel, driver, id } = await openAndRecord(firefox, url);
  expect(await badgeOf(panel, url)).toBe('REC');
  await clickToolbarButton(firefox, url);
  await (await panelWindow(firefox)).close();
  await driver.until('idle');
  expect(await badgeOf(panel, url)).toBe('');
  expect((await driver.session(id)).info.state).toBe('complete');
});

test('Firefox records once DevTools close, until they open again', async () => {
  const url = `${site.url}?armed`;
  const page = await firefox.open(url);
  await openDevtools(firefox, url);
  const { panel, driver } = await openDriver(firefox);
  await driver.watch(url);
  await panel(`driver.send(${JSON.stringify({ type: 'arm', url, settings: DEFAULT_SETTINGS })})`);
  await driver.until('armed');
  await reloading(page, () => closeDevtools(firefox, url));
  const id = sessionIdOf(await driver.until('recording'));
  await openDevtools(firefox, url);
  await driver.until('idle');
  const session = await driver.session(id);
  expect(session.info).toMatchObject({ state: 'complete', conditions: { devtools: 'closed' } });
  expect(callsTo(session, 'tick')).toBe(1000);
});

test('Firefox isolates the page for an isolated recording', async () => {
  const { page, driver, id } = await openAndRecord(firefox, `${site.url}?isolated`, {
    isolated: true,
  });
  expect(await page('crossOriginIsolated')).toBe(true);
  await driver.stop();
  const session = await driver.session(id);
  expect(session.realms).toMatchObject([{ crossOriginIsolated: true }]);
  expect(callsTo(session, 'tick')).toBe(1000);
});

test('Firefox does not isolate the page after an isolated recording', async () => {
  const { page, driver } = await openAndRecord(firefox, `${site.url}?isolatedBefore`, {
    isolated: true,
  });
  await driver.stop();
  await reload(page);
  expect(await page('crossOriginIsolated')).toBe(false);
});

test.each([
  ['disabled and enabled again', ['disable', 'enable']],
  ['reloaded', ['reload']],
] as const)('in Firefox an extension that is %s leaves the page alone, and has what was stored', async (_, changes) => {
  const [first, then] = changes;
  const recorded = await openAndRecord(firefox, `${site.url}?${first}d`);
  const { page, id } = recorded;
  // What comes after may be lost.
  await expect
    .poll(async () => callsTo(await recorded.driver.session(id), 'tick'), TIMEOUT)
    .toBe(1000);
  await changeExtension(firefox, first);
  await page('run(6)');
  expect(await page('ticks')).toBe(1006);
  if (then) await changeExtension(firefox, then);
  const { driver } = await openDriver(firefox);
  const session = await driver.session(id);
  expect(session.info.state).toBe('cut');
  expect(callsTo(session, 'tick')).toBe(1000);
});
