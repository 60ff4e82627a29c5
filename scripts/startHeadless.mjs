import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runnerImport } from 'vite';
import { exporter, openPanelWindow, press, pressRecord, pressStop, showView } from './panel.mjs';
import { startBrowser, visit } from './startBrowser.mjs';

/** The example that is recorded where no page is given. */
export const EXAMPLE = 'rapier/';
const VIEWS = ['overview', 'load', 'crossings', 'memory', 'network', 'flame'];
const FORMATS = ['csv', 'folded-us', 'folded-calls', 'speedscope'];
/** How much of the example's minute of work is recorded, and how long that may take, ms. */
const WORK = { share: 0.12, limit: 120_000 };
/** How long a page is recorded that does not say `done` in its title, ms. */
const STRANGER = 10_000;
/** As the panel's window opens. */
const VIEWPORT = { width: 1180, height: 760 };
/** As DevTools have it, docked beside the page. */
const DOCKED = { width: 560, height: 760 };

/**
 * Without a display: records the page through the panel's own window, DevTools closed, and writes the session, its
 * exports and a picture of each view.
 * @param {string} browserPath
 * @param {string} url
 * @param {string} out the folder, which is not there yet; nothing is left of it after a failure
 * @returns what the session says, in lines
 * @throws Error that says what to do
 */
export async function recordToFolder(browserPath, url, out) {
  const draft = mkdtempSync(join(tmpdir(), 'wasmscope-'));
  try {
    const summary = await record(browserPath, url, draft);
    cpSync(draft, out, { recursive: true });
    return summary;
  } catch (error) {
    if (error.name !== 'TimeoutError' && error.name !== 'ProtocolError') throw error;
    throw new Error(
      `The browser did not get that far (${error.message}). Nothing was written. Is the machine busy? Run npm start again, or with another Chromium in CHROME_PATH.`,
    );
  } finally {
    rmSync(draft, { recursive: true });
  }
}

async function record(browserPath, url, folder) {
  // A permission prompt cannot be answered without a display: this variant has its sites from the start.
  const browser = await startBrowser(browserPath, 'test/chromium', {
    headless: true,
    defaultViewport: VIEWPORT,
  });
  try {
    const [page] = await browser.pages();
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
    // There is nobody to choose a file: without the browser's dialog the panel writes to the downloads.
    await panel.evaluate(() => {
      window.showSaveFilePicker = undefined;
    });
    const exportAs = await exporter(browser, folder);
    for (const format of FORMATS) await exportAs(panel, format);
    return await summaryOf(await exportAs(panel, 'json'));
  } finally {
    await browser.close();
  }
}

/** The example works for some seconds, any other page until its title says `done` or the time is up. */
async function work(page) {
  const start = await page.$('#start');
  const progress = await page.$('progress#progress');
  if (start && progress) {
    await press(start);
    await page.waitForFunction(
      (wanted) => document.querySelector('#progress').value >= wanted,
      { polling: 100, timeout: WORK.limit },
      WORK.share,
    );
  } else {
    await page
      .waitForFunction(() => document.title === 'done', { polling: 100, timeout: STRANGER })
      .catch((error) => {
        // Most pages never say so: the time is up.
        if (error.name !== 'TimeoutError') throw error;
      });
  }
}

/** Every view, light and dark, as the panel's window has it, and the first one as narrow as in docked DevTools. */
async function shoot(panel, folder) {
  const url = panel.url();
  for (const theme of ['light', 'dark']) {
    await panel.setViewport(VIEWPORT);
    await panel.goto(`${url}&theme=${theme}`);
    for (const view of VIEWS) {
      await showView(panel, view);
      // The first row's details show what a selection does.
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

async function summaryOf(file) {
  const root = fileURLToPath(new URL('..', import.meta.url));
  const load = async (path) =>
    (await runnerImport(join(root, path), { configFile: false, root, logLevel: 'error' })).module;
  const { readSession } = await load('src/session/file.ts');
  const { createFold } = await load('src/session/fold.ts');
  const { summary } = await load('src/text/summary.ts');
  const { info, segments } = await readSession(
    (async function* () {
      yield readFileSync(file, 'utf8');
    })(),
  );
  const fold = createFold(info);
  for await (const segment of segments) fold.add(segment);
  return summary(fold.session());
}
