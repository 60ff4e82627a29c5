import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Browser, Page } from 'puppeteer-core';
import puppeteer from 'puppeteer-core';
import { CHROMIUM_FLAGS, findBrowser } from '../../scripts/browser.mjs';
import type { Driver } from './driver.ts';
import { createDriver } from './driver.ts';

/** What `npm run build` wrote. */
export const DIST =
  process.env.WASMSCOPE_DIST ?? fileURLToPath(new URL('../../dist', import.meta.url));

export interface Chromium {
  browser: Browser;
  /** `chrome-extension://…/` */
  origin: string;
  openDriver(): Promise<Driver>;
  openPage(url: string): Promise<Page>;
  killBackground(): Promise<void>;
  reloadExtension(): Promise<void>;
  enableExtension(enabled: boolean): Promise<void>;
  /** The user lets the extension on this site and on no other; a match pattern. */
  allowOnly(site: string): Promise<void>;
  close(): Promise<void>;
}

/** Does what reloads a page, and waits until the page has done its own work again. */
export async function reloading<Result>(page: Page, act: () => Promise<Result>): Promise<Result> {
  const reloaded = page.waitForNavigation();
  const result = await act();
  await reloaded;
  await finished(page);
  return result;
}

/** Runs something in a Chromium of its own. */
export async function inChromium<Result>(
  run: (chromium: Chromium) => Promise<Result>,
): Promise<Result> {
  const chromium = await openChromium();
  try {
    return await run(chromium);
  } finally {
    await chromium.close();
  }
}

/** A headless Chromium with the built extension, the variant that has its sites from the start. */
export async function openChromium(
  profile?: string,
  ignoreDefaultArgs: string[] = [],
): Promise<Chromium> {
  const browser = await puppeteer.launch({
    executablePath: findBrowser(),
    headless: true,
    pipe: true,
    args: CHROMIUM_FLAGS,
    ignoreDefaultArgs,
    enableExtensions: [join(DIST, 'test/chromium')],
    ...(profile && { userDataDir: profile }),
  });
  const background = () =>
    browser.waitForTarget((target) => target.url().endsWith('/background.js'));
  const origin = new URL('/', (await background()).url()).href;
  async function inSettings(expression: string): Promise<void> {
    const page = await browser.newPage();
    await page.goto('chrome://extensions');
    await page.evaluate(`{ const id = ${JSON.stringify(new URL(origin).host)}; ${expression} }`);
    await page.close();
  }
  return {
    browser,
    origin,
    async openDriver() {
      const page = await browser.newPage();
      await page.goto(`${origin}manifest.json`);
      return await createDriver((expression) => page.evaluate(expression));
    },
    async openPage(url) {
      const page = await browser.newPage();
      await page.goto(url);
      await finished(page);
      return page;
    },
    async killBackground() {
      const page = await browser.newPage();
      await page.goto(`${origin}manifest.json`);
      const session = await page.createCDPSession();
      await session.send('ServiceWorker.enable');
      await session.send('ServiceWorker.stopAllWorkers');
      await page.close();
    },
    async reloadExtension() {
      const worker = await (await background()).worker();
      // Not within the call, whose answer would die with the worker.
      await worker?.evaluate('setTimeout(() => chrome.runtime.reload(), 0)');
    },
    enableExtension: (enabled) => inSettings(`chrome.management.setEnabled(id, ${enabled})`),
    allowOnly: (site) =>
      inSettings(`(async () => {
      await chrome.developerPrivate.updateExtensionConfiguration({ extensionId: id, hostAccess: 'ON_SPECIFIC_SITES' });
      await chrome.developerPrivate.addHostPermission(id, ${JSON.stringify(site)});
    })()`),
    close: () => browser.close(),
  };
}

/** Until the page has set its title to `done`. */
export async function finished(page: Page): Promise<void> {
  await until(page, () => document.title === 'done');
}

/** By a timer, as frames stop in a tab behind another. */
export async function until(page: Page, condition: () => boolean): Promise<void> {
  await page.waitForFunction(condition, { polling: 50 });
}
