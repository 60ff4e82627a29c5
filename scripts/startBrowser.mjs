import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import puppeteer from 'puppeteer-core';
import { CHROMIUM_FLAGS } from './browser.mjs';

const dist = fileURLToPath(new URL('../dist', import.meta.url));

/**
 * Starts Chromium with the built extension.
 * @param {string} browserPath
 * @param {'chromium' | 'test/chromium'} variant the second has its sites from the start
 * @param {import('puppeteer-core').LaunchOptions} options
 * @throws Error that says what to do
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
    .catch((error) => {
      throw new Error(
        `${browserPath} did not start: ${error.message.split('\n')[0]} Set CHROME_PATH to the path of another Chromium or Chrome.`,
      );
    });
  // A click on the button is lost before the extension listens.
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

/** Opens a page. @throws Error that says what to do where there is none */
export async function visit(page, url) {
  const response = await page.goto(url).catch((error) => {
    throw new Error(
      `${url} could not be opened (${error.message.split(' at ')[0]}). Is its server running, and the address right? Then: npm start -- ${url}`,
    );
  });
  if (response && response.status() >= 400)
    throw new Error(`${url} answered ${response.status()}. Is the address right?`);
}
