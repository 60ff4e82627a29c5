import { openPanelWindow } from './panel.mjs';
import { startBrowser, visit } from './startBrowser.mjs';

/**
 * Opens the page and Wasmscope's window, and waits until the user closes the browser.
 * @param {string} browserPath
 * @param {string} url
 */
export async function showPanel(browserPath, url) {
  const browser = await startBrowser(browserPath, 'chromium', {
    headless: false,
    defaultViewport: null,
  });
  const closed = new Promise((resolve) => {
    browser.once('disconnected', resolve);
  });
  try {
    const page = (await browser.pages())[0] ?? (await browser.newPage());
    await visit(page, url);
    await openPanelWindow(page);
  } catch (error) {
    await browser.close();
    throw error;
  }
  console.log(
    `Wasmscope is open in its own window, for ${url}.\nPress Record there, use the page, then press Stop. Close the browser to finish.`,
  );
  await closed;
}
