import { join } from 'node:path';

/** @typedef {import('puppeteer-core').Page | import('puppeteer-core').Frame} Panel */

// Operates the panel in Chromium's DevTools or in its own window, for npm start and for tests.

/**
 * Opens DevTools on the Wasmscope panel.
 * @param {import('puppeteer-core').Page} page
 * @param {{ width: number, height: number } | null} viewport null: the size of DevTools' window
 */
export async function openPanel(page, viewport = { width: 1400, height: 900 }) {
  const devtools = await page.openDevTools();
  if (viewport) await devtools.setViewport(viewport);
  await devtools.waitForFrame((frame) => frame.url().endsWith('/devtools.html'));
  // DevTools register the panel as chrome-extension://<id><title> shortly after its page has run.
  // The script is a string, because vitest rewrites import() in functions.
  await devtools.evaluate(`(async () => {
    const { ViewManager } = await import('./ui/legacy/legacy.js');
    const manager = ViewManager.ViewManager.instance();
    for (let tries = 0; tries < 100; tries++) {
      const id = [...manager.views.keys()].find((key) => key.startsWith('chrome-extension://'));
      if (id) return void await manager.showView(id);
      await new Promise((done) => setTimeout(done, 100));
    }
    throw new Error('The panel did not appear in DevTools.');
  })()`);
  const panel = await devtools.waitForFrame((frame) => frame.url().includes('/panel.html'));
  await button(panel, 'Record');
  return { devtools, panel };
}

/**
 * Clicks Wasmscope's button in the browser's toolbar.
 * @param {import('puppeteer-core').Page} page
 */
export async function clickToolbarButton(page) {
  // The button belongs to the tab in front.
  await page.bringToFront();
  const [extension] = [...(await page.browser().extensions()).values()];
  if (!extension)
    throw new Error(
      'The browser did not load the extension. If its policy forbids extensions, set CHROME_PATH to another Chromium.',
    );
  await extension.triggerAction(page);
}

/**
 * Opens the panel in its own window, so that DevTools stay closed and wasm runs at full speed.
 * @param {import('puppeteer-core').Page} page the page it records
 * @returns {Promise<import('puppeteer-core').Page>} the window
 */
export async function openPanelWindow(page) {
  await clickToolbarButton(page);
  const target = await page
    .browser()
    .waitForTarget((candidate) => candidate.url().includes('/panel.html?tab='));
  const panel = await target.asPage();
  await button(panel, 'Record');
  return panel;
}

/**
 * Opens a view of the panel's session, and waits until it is drawn completely.
 * @param {Panel} panel
 * @param {string} view its id, as in `tab-overview`
 */
export async function showView(panel, view) {
  await press(await panel.waitForSelector(`#tab-${view}`));
  await panel.waitForFunction(
    (id) => {
      const shown = document.querySelector(`[role=tabpanel][aria-labelledby=tab-${id}]`);
      const painted = (/** @type {HTMLCanvasElement} */ canvas) => {
        if (canvas.width === 0 || canvas.height === 0) return false;
        const image = canvas.getContext('2d')?.getImageData(0, 0, canvas.width, canvas.height);
        return image?.data.some((value) => value > 0) === true;
      };
      return (
        shown !== null &&
        !shown.querySelector('progress, .treemap:empty, .chart:not(:has(canvas))') &&
        [...shown.querySelectorAll('canvas')].every(painted)
      );
    },
    { polling: 50 },
    view,
  );
}

/**
 * Presses Record, and waits until recording has started.
 * @param {Panel} panel
 */
export async function pressRecord(panel) {
  await press(await button(panel, 'Record'));
  await button(panel, 'Stop');
}

/**
 * Presses Stop, and waits until the session is complete.
 * @param {Panel} panel
 */
export async function pressStop(panel) {
  await press(await button(panel, 'Stop'));
  await button(panel, 'Record');
}

/**
 * Clicks an element from within its document, because coordinates are wrong in a frame of docked
 * DevTools. The browser treats the click as the user's.
 * @param {import('puppeteer-core').ElementHandle<Node> | null} element
 */
export async function press(element) {
  if (!element) throw new Error('There is nothing to click.');
  await element.evaluate((clicked) => {
    if (clicked instanceof HTMLElement) clicked.click();
  });
}

/**
 * The button of the panel's toolbar with exactly this label, once it is enabled.
 * @param {Panel} panel
 * @param {string} text
 */
async function button(panel, text) {
  const handle = await panel.waitForFunction(
    (wanted) =>
      [...document.querySelectorAll('.toolbar button:not(:disabled)')].find(
        ({ textContent }) => textContent?.trim() === wanted,
      ),
    { polling: 50 },
    text,
  );
  return handle.asElement();
}

/**
 * Follows a browser's downloads.
 * @param {import('puppeteer-core').Browser} browser
 * @param {string} folder where files are written
 * @returns a function that exports the panel's open session and resolves with the file's path
 */
export async function exporter(browser, folder) {
  const session = await browser.target().createCDPSession();
  await session.send('Browser.setDownloadBehavior', {
    behavior: 'allow',
    downloadPath: folder,
    eventsEnabled: true,
  });
  return async (/** @type {Panel} */ panel, /** @type {string} */ format) => {
    /** @type {Promise<string>} */
    const done = new Promise((saved, failed) => {
      let name = '';
      const begin = (/** @type {{ suggestedFilename: string }} */ { suggestedFilename }) => {
        name = suggestedFilename;
      };
      const progress = (/** @type {{ state: string }} */ { state }) => {
        if (state === 'inProgress') return;
        session.off('Browser.downloadWillBegin', begin);
        session.off('Browser.downloadProgress', progress);
        if (state === 'completed') saved(join(folder, name));
        else failed(new Error(`The download of ${name} was cancelled.`));
      };
      session.on('Browser.downloadWillBegin', begin);
      session.on('Browser.downloadProgress', progress);
    });
    await press(await panel.waitForSelector('.session-bar [aria-haspopup=menu]:not(:disabled)'));
    await press(await panel.waitForSelector(`[role=menuitem][data-id="${format}"]`));
    return await done;
  };
}
