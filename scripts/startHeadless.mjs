import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ProtocolError, TimeoutError } from 'puppeteer-core';
import { runnerImport } from 'vite';
import { exporter, openPanelWindow, press, pressRecord, pressStop, showView } from './panel.mjs';
import { startBrowser, visit } from './startBrowser.mjs';

/** The example that is recorded where no page is given. */
export const EXAMPLE = 'rapier/';
const VIEWS = ['overview', 'load', 'crossings', 'memory', 'network', 'flame'];
const FORMATS = ['csv', 'folded-us', 'folded-calls', 'speedscope'];
/** Which share of the example's minute of work is recorded, and how long that may take, ms. */
const WORK = { share: 0.12, limit: 120_000 };
/** How long a page is recorded that never sets its title to `done`, ms. */
const STRANGER = 10_000;
/** The size of the panel's window. */
const VIEWPORT = { width: 1180, height: 760 };
/** The size of the panel in DevTools docked beside the page. */
const DOCKED = { width: 560, height: 760 };

/**
 * Records the page without a display, from the panel's own window with DevTools closed. Writes the
 * session, its exports and a picture of each view.
 * @param {string} browserPath
 * @param {string} url
 * @param {string} out the folder to create; it is not created if recording fails
 * @returns a summary of the session, in lines
 * @throws Error that says what to do next
 */
export async function recordToFolder(browserPath, url, out) {
  const draft = mkdtempSync(join(tmpdir(), 'wasmscope-'));
  try {
    const summary = await record(browserPath, url, draft);
    cpSync(draft, out, { recursive: true });
    return summary;
  } catch (error) {
    if (!(error instanceof TimeoutError) && !(error instanceof ProtocolError)) throw error;
    throw new Error(
      `The browser stopped answering (${error.message}). Nothing was written. The machine may be busy: run npm start again, or set CHROME_PATH to another Chromium.`,
    );
  } finally {
    rmSync(draft, { recursive: true });
  }
}

/**
 * @param {string} browserPath
 * @param {string} url
 * @param {string} folder
 */
async function record(browserPath, url, folder) {
  // Nobody can answer a permission prompt here, so this variant has access to all sites.
  const browser = await startBrowser(browserPath, 'test/chromium', {
    headless: true,
    defaultViewport: VIEWPORT,
  });
  try {
    const page = (await browser.pages())[0] ?? (await browser.newPage());
    await visit(page, url);
    const panel = await openPanelWindow(page);
    console.error(`Recording ${url} …`);
    const reloaded = page.waitForNavigation({ waitUntil: 'load' });
    await pressRecord(panel);
    await reloaded;
    await page.bringToFront();
    await work(page);
    await pressStop(panel);
    console.error('Writing its pictures and exports …');
    await shoot(panel, folder);
    // Nobody can choose a file here: without the browser's dialog the panel downloads the file.
    await panel.evaluate(() => Reflect.deleteProperty(window, 'showSaveFilePicker'));
    const exportAs = await exporter(browser, folder);
    for (const format of FORMATS) await exportAs(panel, format);
    return await summaryOf(await exportAs(panel, 'json'));
  } finally {
    await browser.close();
  }
}

/**
 * Lets the page work: the example for some seconds, any other page until its title is `done` or
 * time is up.
 * @param {import('puppeteer-core').Page} page
 */
async function work(page) {
  const start = await page.$('#start');
  const progress = await page.$('progress#progress');
  if (start && progress) {
    await press(start);
    await page.waitForFunction(
      (bar, wanted) => bar.value >= wanted,
      { polling: 100, timeout: WORK.limit },
      progress,
      WORK.share,
    );
  } else {
    await page
      .waitForFunction(() => document.title === 'done', { polling: 100, timeout: STRANGER })
      .catch((/** @type {unknown} */ error) => {
        // Most pages never do: time is up.
        if (!(error instanceof TimeoutError)) throw error;
      });
  }
}

/**
 * Takes a picture of every view in light and dark, and of the first one in the width of docked
 * DevTools.
 * @param {import('puppeteer-core').Page} panel
 * @param {string} folder
 */
async function shoot(panel, folder) {
  const url = panel.url();
  for (const theme of ['light', 'dark']) {
    await panel.setViewport(VIEWPORT);
    await panel.goto(`${url}&theme=${theme}`);
    for (const view of VIEWS) {
      await showView(panel, view);
      // Selecting the first row shows its details.
      const row = await panel.$('.split.unselected .row');
      if (row) {
        await press(row);
        await panel.waitForSelector('.split:not(.unselected)');
      }
      await panel.screenshot({ path: join(folder, `${view}-${theme}.png`) });
    }
    await panel.setViewport(DOCKED);
    await showView(panel, 'overview');
    await panel.screenshot({ path: join(folder, `docked-${theme}.png`) });
  }
}

/** @param {string} file a session file */
async function summaryOf(file) {
  const root = fileURLToPath(new URL('..', import.meta.url));
  const load = async (/** @type {string} */ path) =>
    (await runnerImport(join(root, path), { configFile: false, root, logLevel: 'error' })).module;
  const { readSession } = await load('src/session/file.ts');
  const { createFold } = await load('src/session/fold.ts');
  const { sessionSummary } = await load('src/analysis/sessionSummary.ts');
  const { summaryText } = await load('src/text/summaryText.ts');
  const { info, segments } = await readSession(
    (async function* () {
      yield readFileSync(file, 'utf8');
    })(),
  );
  const fold = createFold(info);
  for await (const segment of segments) fold.add(segment);
  return summaryText(sessionSummary(fold.session()));
}
