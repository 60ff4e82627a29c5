import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'puppeteer-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Chromium } from './chromium.ts';
import { finished, openChromium, until } from './chromium.ts';
import { serveCounter } from './counter.ts';
import { callsTo, sessionIdOf } from './recorders.ts';

let chromium: Chromium;
let site: Awaited<ReturnType<typeof serveCounter>>;

beforeAll(async () => {
  [chromium, site] = await Promise.all([openChromium(), serveCounter()]);
});
afterAll(async () => {
  await chromium?.close();
  await site?.close();
});

const run = (page: Page, ticks: number): Promise<void> =>
  page.evaluate((n) => (globalThis as unknown as { run(n: number): void }).run(n), ticks);

/** Opens the page, records it, and waits for its own work. */
async function recorded(url: string, mode: 'reload' | 'attach' = 'reload') {
  const page = await chromium.openPage(url);
  const driver = await chromium.openDriver();
  const reloaded = mode === 'reload' ? page.waitForNavigation() : null;
  const id = sessionIdOf(await driver.record(url, mode));
  await reloaded;
  await finished(page);
  return { page, driver, id };
}

describe('recording', () => {
  test('counts every crossing from the page’s first script on', async () => {
    const { page, driver, id } = await recorded(`${site.url}?first`);
    await run(page, 500);
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

  test('without reloading measures what is loaded from then on, and says so', async () => {
    const { page, driver, id } = await recorded(`${site.url}?attach`, 'attach');
    await run(page, 5);
    await driver.stop();
    const session = await driver.session(id);
    expect(session.realms).toMatchObject([{ late: true }]);
    expect(callsTo(session, 'tick')).toBe(0);
    await page.close();
  });

  test('loses and doubles nothing when the background is killed, twenty times', async () => {
    const { page, driver, id } = await recorded(`${site.url}?killed`);
    for (let kill = 1; kill <= 20; kill++) {
      await chromium.killBackground();
      await run(page, kill);
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
    expect(numbers).toEqual(numbers.map((_, at) => at));
    await page.close();
  });

  test('keeps the last chunk when the background dies while stopping', async () => {
    const { page, driver, id } = await recorded(`${site.url}?stopped`);
    await run(page, 11);
    await chromium.killBackground();
    await driver.stop();
    await expect.poll(async () => callsTo(await driver.session(id), 'tick')).toBe(1011);
    await page.close();
  });

  test('goes on when the page is reloaded', async () => {
    const { page, driver, id } = await recorded(`${site.url}?reloaded`);
    await run(page, 20);
    await page.reload();
    await finished(page);
    await run(page, 3);
    await driver.stop();
    const session = await driver.session(id);
    expect(session.realms).toHaveLength(2);
    expect(callsTo(session, 'tick')).toBe(2023);
    await page.close();
  });

  test('goes on when the renderer crashed and the page is loaded again', async () => {
    const { page, driver, id } = await recorded(`${site.url}?crashed`);
    await run(page, 30);
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

  test('goes on in another document of the site, and when the first comes back from the back/forward cache', async () => {
    const own = await openChromium(undefined, ['--disable-back-forward-cache']);
    const page = await own.openPage(`${site.url}?one`);
    const driver = await own.openDriver();
    const reloaded = page.waitForNavigation();
    const id = sessionIdOf(await driver.record(`${site.url}?one`));
    await reloaded;
    await finished(page);
    await page.bringToFront();
    await page.evaluate('globalThis.kept = true');
    await page.goto(`${site.url}?two`);
    await finished(page);
    await expect.poll(async () => (await driver.session(id)).realms.length).toBe(2);
    await page.goBack();
    expect(await page.evaluate('globalThis.kept')).toBe(true);
    await run(page, 4);
    await driver.stop();
    const session = await driver.session(id);
    expect(session.realms).toHaveLength(2);
    expect(callsTo(session, 'tick')).toBe(2004);
    await own.close();
  });

  test('has the documents that a page leaves as soon as its work is done', async () => {
    const page = await chromium.openPage(`${site.url}?hop`);
    const driver = await chromium.openDriver();
    const reloaded = page.waitForNavigation();
    const id = sessionIdOf(await driver.record(`${site.url}?hop`));
    await reloaded;
    await finished(page);
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

  test('completes the session when the tab is closed, with its last calls', async () => {
    const { page, driver, id } = await recorded(`${site.url}?closed`);
    await run(page, 7);
    await page.close();
    await expect.poll(async () => (await driver.session(id)).info.state).toBe('complete');
    expect(callsTo(await driver.session(id), 'tick')).toBe(1007);
  });

  test('leaves other tabs of the site alone', async () => {
    const { page, driver, id } = await recorded(`${site.url}?recorded`);
    const other = await chromium.openPage(`${site.url}?other`);
    await driver.stop();
    expect((await driver.session(id)).realms).toHaveLength(1);
    await Promise.all([page.close(), other.close()]);
  });

  test('shows one state in two panels', async () => {
    const { page, driver, id } = await recorded(`${site.url}?two`);
    const second = await chromium.openDriver();
    await second.watch(`${site.url}?two`);
    expect(await second.until('recording')).toMatchObject({ session: id });
    await second.stop();
    expect(await driver.until('idle')).toEqual({ state: 'idle' });
    await page.close();
  });

  test('works under a strict content security policy, without a violation', async () => {
    const strict = await serveCounter({
      'Content-Security-Policy':
        "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'; require-trusted-types-for 'script'",
    });
    const messages: string[] = [];
    const page = await chromium.openPage(strict.url);
    page.on('console', (message) => messages.push(message.text()));
    const driver = await chromium.openDriver();
    const reloaded = page.waitForNavigation();
    const id = sessionIdOf(await driver.record(strict.url));
    await reloaded;
    await finished(page);
    await driver.stop();
    expect(callsTo(await driver.session(id), 'tick')).toBe(1000);
    expect(
      messages.filter(
        (text) => text.includes('Content Security Policy') && !text.includes('favicon'),
      ),
    ).toEqual([]);
    await page.close();
    await strict.close();
  });
});

describe('bad days', () => {
  test('the extension is reloaded: the agent falls silent and the page works on', async () => {
    const own = await openChromium();
    const page = await own.openPage(site.url);
    const driver = await own.openDriver();
    const reloaded = page.waitForNavigation();
    await driver.record(site.url);
    await reloaded;
    await finished(page);
    await run(page, 1);
    await own.reloadExtension();
    await until(
      page,
      () =>
        (globalThis as unknown as { first: unknown }).first !== WebAssembly.instantiateStreaming,
    );
    await run(page, 5);
    expect(await page.evaluate(() => (globalThis as unknown as { ticks: number }).ticks)).toBe(
      1006,
    );
    await own.close();
  });

  test('the extension is disabled: the page works on, and what was recorded is there when it is enabled again', async () => {
    const own = await openChromium();
    const page = await own.openPage(site.url);
    const driver = await own.openDriver();
    const reloaded = page.waitForNavigation();
    const id = sessionIdOf(await driver.record(site.url));
    await reloaded;
    await finished(page);
    await expect.poll(async () => callsTo(await driver.session(id), 'tick')).toBe(1000);
    await own.enableExtension(false);
    await until(
      page,
      () =>
        (globalThis as unknown as { first: unknown }).first !== WebAssembly.instantiateStreaming,
    );
    await run(page, 5);
    expect(await page.evaluate(() => (globalThis as unknown as { ticks: number }).ticks)).toBe(
      1005,
    );
    await own.enableExtension(true);
    const later = await own.openDriver();
    await expect
      .poll(async () => (await later.sessions()).map(({ state }) => state))
      .toEqual(['cut']);
    expect(callsTo(await later.session(id), 'tick')).toBe(1000);
    await own.close();
  });

  test('the browser is killed: what was stored is there the next time, marked as cut short', async () => {
    const profile = mkdtempSync(join(tmpdir(), 'wasmscope-'));
    const killed = await openChromium(profile);
    const page = await killed.openPage(site.url);
    const driver = await killed.openDriver();
    const reloaded = page.waitForNavigation();
    const id = sessionIdOf(await driver.record(site.url));
    await reloaded;
    await finished(page);
    await expect.poll(async () => callsTo(await driver.session(id), 'tick')).toBe(1000);
    const ended = new Promise((gone) => killed.browser.process()?.once('exit', gone));
    killed.browser.process()?.kill('SIGKILL');
    await ended;
    const next = await openChromium(profile);
    const later = await next.openDriver();
    await expect
      .poll(async () => (await later.sessions()).map(({ state }) => state))
      .toEqual(['cut']);
    expect(callsTo(await later.session(id), 'tick')).toBe(1000);
    await next.close();
    rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
  });
});
