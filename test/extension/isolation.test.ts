import type { Page } from 'puppeteer-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Realm } from '../../src/session/model.ts';
import type { Chromium } from './chromium.ts';
import { finished, openChromium } from './chromium.ts';
import { serveCounter } from './counter.ts';
import type { Recorded } from './recorders.ts';
import { openAndRecord } from './recorders.ts';

// A tab that is made cross-origin isolated for its recording.

/** Coarsest clock of an isolated page, ms: elsewhere browsers round to 0.1. */
const FINE = 0.05;

let chromium: Chromium;
let site: Awaited<ReturnType<typeof serveCounter>>;
let addresses = 0;

beforeAll(async () => {
  [chromium, site] = await Promise.all([openChromium(), serveCounter()]);
});
afterAll(async () => {
  await chromium?.close();
  await site?.close();
});

/** Records a page with an address of its own. */
function recorded(isolated: boolean): Promise<Recorded> {
  addresses += 1;
  return openAndRecord(chromium, `${site.url}?${addresses}`, { isolated });
}

const isIsolated = (page: Page): Promise<unknown> => page.evaluate('crossOriginIsolated');

describe.each([
  ['a recording that is to isolate its page', true],
  ['a recording that is not to isolate its page', false],
])('%s', (_, isolated) => {
  let page: Page;
  let realm: Realm | undefined;
  beforeAll(async () => {
    const recording = await recorded(isolated);
    page = recording.page;
    await recording.driver.stop();
    [realm] = (await recording.driver.session(recording.id)).realms;
  });

  test(isolated ? 'isolates it' : 'does not isolate it', async () => {
    expect(await isIsolated(page)).toBe(isolated);
  });

  test('has that in its session', () => {
    expect(realm?.crossOriginIsolated).toBe(isolated);
  });

  test(isolated ? 'has a fine clock' : 'has a coarse clock', () => {
    expect((realm?.clockResolution ?? 1) < FINE).toBe(isolated);
  });
});

test('once the recording has ended a reload is not isolated', async () => {
  const { page, driver } = await recorded(true);
  await driver.stop();
  await page.reload();
  expect(await isIsolated(page)).toBe(false);
});

test('other tabs are not isolated', async () => {
  const { driver } = await recorded(true);
  const other = await chromium.openPage(site.url);
  expect(await isIsolated(other)).toBe(false);
  await driver.stop();
});

test('the isolation outlives the background, and ends with the recording', async () => {
  const { page, driver } = await recorded(true);
  await chromium.killBackground();
  await expect.poll(() => driver.connections()).toBe(2);
  await page.reload();
  await finished(page);
  expect(await isIsolated(page)).toBe(true);
  await driver.stop();
  await page.reload();
  expect(await isIsolated(page)).toBe(false);
});
