import { openPanelWindow } from './panel.mjs';
import { startBrowser, visit } from './startBrowser.mjs';

/** With a display: opens the page and Wasmscope's window. The browser is the user's from there on, until it is closed. */
export async function showPanel(browserPath, url) {
  const browser = await startBrowser(browserPath, 'chromium', {
    headless: false,
    defaultViewport: null,
  });
  const closed = new Promise((resolve) => browser.once('disconnected', resolve));
  try {
    const [page] = await browser.pages();
    await visit(page, url);
    await openPanelWindow(page);
  } catch (error) {
    await browser.close();
    throw error;
  }
  console.log(
    `Wasmscope is open in a window of its own, for ${url}.\nPress Record there, use the page, press Stop. Close the browser to end.`,
  );
  await closed;
}
