import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Chromium } from './chromium.ts';
import { finished, openChromium, reloading } from './chromium.ts';
import { serveCounter } from './counter.ts';

// A tab that is made cross-origin isolated for its recording.

let chromium: Chromium;
let site: Awaited<ReturnType<typeof serveCounter>>;

beforeEach(async () => {
  [chromium, site] = await Promise.all([openChromium(), serveCounter()]);
});
afterEach(async () => {
  await chromium.close();
  await site.close();
});

async function recorded(isolated: boolean) {
  const page = await chromium.openPage(site.url);
  const driver = await chromium.openDriver();
  await reloading(page, () => driver.record(site.url, 'reload', { isolated }));
  return { page, driver };
}

test.each([
  true,
  false,
])('a page is isolated while it is recorded if that is asked for: %s', async (isolated) => {
  const { page, driver } = await recorded(isolated);
  expect(await page.evaluate('crossOriginIsolated')).toBe(isolated);
  await driver.stop();
  const [info] = await driver.sessions();
  const { realms } = await driver.session(info?.id ?? '');
  expect(realms).toMatchObject([{ crossOriginIsolated: isolated }]);
  expect((realms[0]?.clockResolution ?? 1) < 0.05).toBe(isolated);
});

test('once the recording has ended a reload is as it always was', async () => {
  const { page, driver } = await recorded(true);
  await driver.stop();
  await page.reload();
  expect(await page.evaluate('crossOriginIsolated')).toBe(false);
});

test('other tabs are not isolated', async () => {
  await recorded(true);
  const other = await chromium.openPage(site.url);
  expect(await other.evaluate('crossOriginIsolated')).toBe(false);
});

test('the isolation outlives the background and ends with the recording', async () => {
  const { page, driver } = await recorded(true);
  await chromium.killBackground();
  await expect.poll(() => driver.connections()).toBe(2);
  await page.reload();
  await finished(page);
  expect(await page.evaluate('crossOriginIsolated')).toBe(true);
  await driver.stop();
  await page.reload();
  expect(await page.evaluate('crossOriginIsolated')).toBe(false);
});
