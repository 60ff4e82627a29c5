import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Session } from '../../src/session/model.ts';
import type { Chromium } from './chromium.ts';
import { finished, openChromium, until } from './chromium.ts';
import { runTicks, serveCounter } from './counter.ts';
import { callsTo, openAndRecord, record } from './recorders.ts';

let chromium: Chromium;
let site: Awaited<ReturnType<typeof serveCounter>>;

beforeAll(async () => {
  [chromium, site] = await Promise.all([openChromium(), serveCounter()]);
});
afterAll(async () => {
  await chromium?.close();
  await site?.close();
});

test('a recording counts every crossing from the page’s first script on', async () => {
  const { page, driver, id } = await openAndRecord(chromium, `${site.url}?first`);
  await runTicks(page, 500);
  await driver.stop();
  const session = await driver.session(id);
  expect(session.info).toMatchObject({ state: 'complete', page: site.url, mode: 'reload' });
  expect(callsTo(session, 'tick')).toBe(1500);
  expect(callsTo(session, 'run')).toBe(2);
  expect(session.modules).toMatchObject([
    { method: 'instantiateStreaming', streamed: true, instances: 1 },
  ]);
  await page.close();
});

test('a recording without reloading measures what is loaded from then on, and says so', async () => {
  const { page, driver, id } = await openAndRecord(chromium, `${site.url}?attach`, {
    mode: 'attach',
  });
  await runTicks(page, 5);
  await driver.stop();
  const session = await driver.session(id);
  expect(session.realms).toMatchObject([{ startedLate: true }]);
  expect(callsTo(session, 'tick')).toBe(0);
  await page.close();
});

test('a recording loses and doubles nothing when the background is killed twenty times', async () => {
  const { page, driver, id } = await openAndRecord(chromium, `${site.url}?killed`);
  for (let kill = 1; kill <= 20; kill++) {
    await chromium.killBackground();
    await runTicks(page, kill);
    // Stored by the background that came after the killed one.
    await expect
      .poll(async () => callsTo(await driver.session(id), 'tick'), { timeout: 10_000 })
      .toBe(1000 + (kill * (kill + 1)) / 2);
  }
  await driver.stop();
  expect(await driver.connections()).toBe(21);
  const session = await driver.session(id);
  expect(callsTo(session, 'tick')).toBe(1210);
  const numbers = (await driver.segments(id)).map(({ seq }) => seq).sort((a, b) => a - b);
  expect(numbers).toEqual(numbers.map((_, index) => index));
  await page.close();
});

test('a recording keeps its last chunk when the background is killed before Stop', async () => {
  const { page, driver, id } = await openAndRecord(chromium, `${site.url}?stopped`);
  await runTicks(page, 11);
  await chromium.killBackground();
  await driver.stop();
  await expect.poll(async () => callsTo(await driver.session(id), 'tick')).toBe(1011);
  await page.close();
});

test('a recording goes on when the page is reloaded', async () => {
  const { page, driver, id } = await openAndRecord(chromium, `${site.url}?reloaded`);
  await runTicks(page, 20);
  await page.reload();
  await finished(page);
  await runTicks(page, 3);
  await driver.stop();
  const session = await driver.session(id);
  expect(session.realms).toHaveLength(2);
  expect(callsTo(session, 'tick')).toBe(2023);
  await page.close();
});

test('a recording goes on when the renderer has crashed and the page is loaded again', async () => {
  const { page, driver, id } = await openAndRecord(chromium, `${site.url}?crashed`);
  await runTicks(page, 30);
  await expect
    .poll(async () => callsTo(await driver.session(id), 'tick'), { timeout: 10_000 })
    .toBe(1030);
  const crashed = new Promise((done) => page.once('error', done));
  const cdp = await page.createCDPSession();
  void cdp.send('Page.crash').catch(() => {});
  await crashed;
  await page.reload();
  await finished(page);
  await driver.stop();
  const session = await driver.session(id);
  expect(session.info.state).toBe('complete');
  expect(session.realms).toHaveLength(2);
  expect(callsTo(session, 'tick')).toBe(2030);
  await page.close();
});

test('a recording goes on in another document of the site, and when the first comes back from the back/forward cache', async () => {
  const own = await openChromium(undefined, ['--disable-back-forward-cache']);
  const { page, driver, id } = await openAndRecord(own, `${site.url}?one`);
  await page.bringToFront();
  await page.evaluate('globalThis.kept = true');
  await page.goto(`${site.url}?two`);
  await finished(page);
  await expect.poll(async () => (await driver.session(id)).realms.length).toBe(2);
  await page.goBack();
  expect(await page.evaluate('globalThis.kept')).toBe(true);
  await runTicks(page, 4);
  await driver.stop();
  const session = await driver.session(id);
  expect(session.realms).toHaveLength(2);
  expect(callsTo(session, 'tick')).toBe(2004);
  await own.close();
});

test('a recording has the documents that a page leaves as soon as its work is done', async () => {
  const { page, driver, id } = await openAndRecord(chromium, `${site.url}?hop`);
  await chromium.killBackground();
  await page.bringToFront();
  await page.evaluate('location.search = "hops=4"');
  await until(page, () => location.search === '?hops=0' && document.title === 'done');
  await driver.stop();
  const session = await driver.session(id);
  await page.close();
  expect(session.realms).toHaveLength(6);
  expect(callsTo(session, 'tick')).toBe(6000);
});

test('closing the tab completes the session, with its last calls', async () => {
  const { page, driver, id } = await openAndRecord(chromium, `${site.url}?closed`);
  await runTicks(page, 7);
  await page.close();
  await expect.poll(async () => (await driver.session(id)).info.state).toBe('complete');
  expect(callsTo(await driver.session(id), 'tick')).toBe(1007);
});

test('other tabs of the site are not recorded', async () => {
  const { page, driver, id } = await openAndRecord(chromium, `${site.url}?recorded`);
  const other = await chromium.openPage(`${site.url}?other`);
  await driver.stop();
  expect((await driver.session(id)).realms).toHaveLength(1);
  await Promise.all([page.close(), other.close()]);
});

test('two panels of a tab show the same state', async () => {
  const { page, driver, id } = await openAndRecord(chromium, `${site.url}?two`);
  const second = await chromium.openDriver();
  await second.watch(`${site.url}?two`);
  expect(await second.until('recording')).toMatchObject({ session: id });
  await second.stop();
  expect(await driver.until('idle')).toEqual({ state: 'idle' });
  await page.close();
});

describe('under a strict content security policy', () => {
  const POLICY =
    "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'; require-trusted-types-for 'script'";
  let strict: typeof site;
  let session: Session;
  const messages: string[] = [];

  beforeAll(async () => {
    strict = await serveCounter({ 'Content-Security-Policy': POLICY });
    const page = await chromium.openPage(strict.url);
    page.on('console', (message) => messages.push(message.text()));
    const { driver, id } = await record(chromium, page);
    await driver.stop();
    session = await driver.session(id);
    await page.close();
  });
  afterAll(() => strict?.close());

  test('a recording counts every crossing', () => {
    expect(callsTo(session, 'tick')).toBe(1000);
  });

  test('a recording violates nothing', () => {
    const violations = messages.filter((text) => text.includes('Content Security Policy'));
    // Chromium asks for an icon of its own accord.
    expect(violations.filter((text) => !text.includes('favicon'))).toEqual([]);
  });
});
