import { join } from 'node:path';

// Drives the real panel in the real DevTools of a headless or visible Chromium: for npm start and for tests.

/**
 * Opens DevTools on the Wasmscope panel.
 * @param {import('puppeteer-core').Page} page
 * @param {{ width: number, height: number } | null} viewport of DevTools; null: as large as their window makes them
 */
export async function openPanel(page, viewport = { width: 1400, height: 900 }) {
  const devtools = await page.openDevTools();
  if (viewport) await devtools.setViewport(viewport);
  await devtools.waitForFrame((frame) => frame.url().endsWith('/devtools.html'));
  // DevTools know the panel as chrome-extension://<id><title>, a moment after its page has run.
  // As text, since vitest rewrites an import() in functions.
  await devtools.evaluate(`(async () => {
    const { ViewManager } = await import('./ui/legacy/legacy.js');
    const manager = ViewManager.ViewManager.instance();
    for (let tries = 0; tries < 100; tries++) {
      const id = [...manager.views.keys()].find((key) => key.startsWith('chrome-extension://'));
      if (id) return void await manager.showView(id);
      await new Promise((done) => setTimeout(done, 100));
    }
    throw new Error('DevTools did not get the panel.');
  })()`);
  const panel = await devtools.waitForFrame((frame) => frame.url().includes('/panel.html'));
  await button(panel, 'Record');
  return { devtools, panel };
}

/**
 * Clicks Wasmscope's button in the toolbar, as a person would on this page.
 * @param {import('puppeteer-core').Page} page
 */
export async function clickToolbarButton(page) {
  // The button is that of the tab in front.
  await page.bringToFront();
  const [extension] = [...(await page.browser().extensions()).values()];
  if (!extension)
    throw new Error(
      'The browser has no extension. Does its policy forbid extensions? Set CHROME_PATH to another Chromium.',
    );
  await extension.triggerAction(page);
}

/**
 * Opens the panel in a window of its own, so that DevTools stay closed and wasm runs at full speed.
 * @param {import('puppeteer-core').Page} page that it is bound to
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
 * Opens a view of the panel's session, and waits until all of it is drawn.
 * @param {import('puppeteer-core').Page | import('puppeteer-core').Frame} panel
 * @param {string} view its id, as in `tab-overview`
 */
export async function showView(panel, view) {
  await press(await panel.waitForSelector(`#tab-${view}`));
  await panel.waitForFunction(
    (id) => {
      const shown = document.querySelector(`[role=tabpanel][aria-labelledby=tab-${id}]`);
      const painted = (canvas) =>
        canvas.width > 0 &&
        canvas.height > 0 &&
        canvas
          .getContext('2d')
          .getImageData(0, 0, canvas.width, canvas.height)
          .data.some((part) => part > 0);
      return (
        shown !== null &&
        !shown.querySelector('progress, .treemap:empty') &&
        [...shown.querySelectorAll('canvas')].every(painted)
      );
    },
    { polling: 50 },
    view,
  );
}

/** Presses Record, and waits until it records. */
export async function pressRecord(panel) {
  await press(await button(panel, 'Record'));
  await button(panel, 'Stop');
}

/** Presses Stop, and waits until the session is complete. */
export async function pressStop(panel) {
  await press(await button(panel, 'Stop'));
  await button(panel, 'Record');
}

/** Clicks in the document: coordinates are wrong in a frame of docked DevTools. The browser takes it for the user's. */
export async function press(element) {
  await element.evaluate((clicked) => clicked.click());
}

/** The button in the panel's toolbar that says exactly this, once it can be pressed. */
async function button(panel, text) {
  const handle = await panel.waitForFunction(
    (wanted) =>
      [...document.querySelectorAll('.toolbar button:not(:disabled)')].find(
        ({ textContent }) => textContent.trim() === wanted,
      ),
    { polling: 50 },
    text,
  );
  return handle.asElement();
}

/** Follows the downloads of a browser. @returns what exports the panel's open session and resolves with the file's path */
export async function exporter(browser, folder) {
  const session = await browser.target().createCDPSession();
  await session.send('Browser.setDownloadBehavior', {
    behavior: 'allow',
    downloadPath: folder,
    eventsEnabled: true,
  });
  return async (panel, format) => {
    const done = new Promise((saved, failed) => {
      let name = '';
      const begin = ({ suggestedFilename }) => {
        name = suggestedFilename;
      };
      const progress = ({ state }) => {
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
