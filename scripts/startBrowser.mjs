import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import puppeteer from 'puppeteer-core';
import { CHROMIUM_FLAGS } from './browser.mjs';

const dist = fileURLToPath(new URL('../dist', import.meta.url));

/**
 * Starts Chromium with the built extension.
 * @param {string} browserPath
 * @param {'chromium' | 'test/chromium'} variant the second has access to all sites
 * @param {import('puppeteer-core').LaunchOptions} options
 * @throws Error that says what to do next
 */
export async function startBrowser(browserPath, variant, options) {
  const browser = await puppeteer
    .launch({
      executablePath: browserPath,
      pipe: true,
      args: [...CHROMIUM_FLAGS, '--window-size=1500,950'],
      enableExtensions: [join(dist, variant)],
      ...options,
    })
    .catch((/** @type {unknown} */ error) => {
      throw new Error(
        `${browserPath} did not start: ${firstLine(error)} Set CHROME_PATH to the path of another Chromium or Chrome.`,
      );
    });
  // A click on the toolbar button is lost until the extension listens.
  await browser
    .waitForTarget((target) => target.url().endsWith('/background.js'))
    .catch(async () => {
      await browser.close();
      throw new Error(
        `${browserPath} did not load the extension. Set CHROME_PATH to the path of another Chromium or Chrome.`,
      );
    });
  return browser;
}

/**
 * Opens a page.
 * @param {import('puppeteer-core').Page} page
 * @param {string} url
 * @throws Error that says what to do next
 */
export async function visit(page, url) {
  const response = await page.goto(url).catch((/** @type {unknown} */ error) => {
    throw new Error(
      `${url} could not be opened (${firstLine(error).split(' at ')[0]}). Check the address and that its server runs, then: npm start -- ${url}`,
    );
  });
  if (response && response.status() >= 400)
    throw new Error(`${url} answered ${response.status()}. Check the address.`);
}

/** @param {unknown} error */
const firstLine = (error) =>
  String(error instanceof Error ? error.message : error).split('\n')[0] ?? '';
