import { join } from 'node:path';
import { vi } from 'vitest';
import { DIST } from './chromium.ts';
import type { Driver } from './driver.ts';
import { createDriver } from './driver.ts';
import type { Firefox, Found } from './firefox.ts';
import { openFirefox } from './firefox.ts';
import { sessionIdOf } from './recorders.ts';

// The built extension in Firefox: pages, and what only the browser's own window can do.

const ID = 'wasmscope@wasmscope.dev';
const TIMEOUT = { timeout: 20_000 };

/** Evaluates in a page. */
export type EvaluateInPage = (expression: string) => Promise<unknown>;

/** A headless Firefox with the built extension, the variant that has its sites from the start. */
export const openFirefoxWithExtension = (): Promise<Firefox> =>
  openFirefox(join(DIST, 'test/firefox'), ID);

/**
 * Until the page's own work is done, whichever document the tab shows by then.
 * @param condition an expression that must be true as well
 */
export const finished = (page: EvaluateInPage, condition = 'true'): Promise<void> =>
  vi.waitFor(async () => {
    // A document that is just being left does not answer.
    if (!(await page(`document.title === 'done' && ${condition}`)))
      throw new Error('The page has not done its work.');
  }, TIMEOUT);

/** Does what loads the tab's page anew, and waits until the new document's own work is done. */
export async function reloading<Result>(
  page: EvaluateInPage,
  act: () => Promise<Result>,
): Promise<Result> {
  await page('globalThis.isOldDocument = true');
  const result = await act();
  await finished(page, '!globalThis.isOldDocument');
  return result;
}

/** As a user reloads. The answer of the old document is lost with it. */
export const reload = (page: EvaluateInPage): Promise<void> =>
  reloading(page, () => page('location.reload()').then(ignore, ignore));

const ignore = (): void => {};

/** The panel's page, which is of the extension, and a driver in it. */
export async function openDriver(
  firefox: Firefox,
): Promise<{ panel: EvaluateInPage; driver: Driver }> {
  const panel = await firefox.open(`${firefox.origin}manifest.json`);
  return { panel, driver: await createDriver(panel) };
}

/** Opens a page, records it, and waits until it has done its own work under the recording. */
export async function openAndRecord(firefox: Firefox, url: string, settings = {}) {
  const page = await firefox.open(url);
  const { panel, driver } = await openDriver(firefox);
  const status = await reloading(page, () => driver.record(url, 'reload', settings));
  return { page, panel, driver, id: sessionIdOf(status) };
}

const withExtension = (firefox: Firefox, run: string): Promise<unknown> =>
  firefox.inBrowser(`(async () => {
    const { ExtensionParent } = ChromeUtils.importESModule('resource://gre/modules/ExtensionParent.sys.mjs');
    const extension = ExtensionParent.GlobalManager.getExtension('${ID}');
    ${run}
  })()`);

/** The tab that shows this address, as an expression. */
const tabOf = (url: string): string =>
  `gBrowser.tabs.find(({ linkedBrowser }) => linkedBrowser.currentURI.spec === ${JSON.stringify(url)})`;

export const killBackground = (firefox: Firefox): Promise<unknown> =>
  withExtension(firefox, 'await extension.terminateBackground({ ignoreDevToolsAttached: true });');

/** In the tab that shows this address. */
export const clickToolbarButton = (firefox: Firefox, url: string): Promise<unknown> =>
  withExtension(
    firefox,
    `gBrowser.selectedTab = ${tabOf(url)};
    await ExtensionParent.apiManager.global.browserActionFor(extension).triggerAction(window);`,
  );

/** Waits for the panel's window. */
export const panelWindow = (firefox: Firefox): Promise<Found> =>
  vi.waitFor(async () => {
    const found = await firefox.find('panel.html?tab=');
    if (!found) throw new Error('There is no window of the panel.');
    return found;
  }, TIMEOUT);

/** The text on the toolbar button of the tab that shows this address. */
export const badgeOf = (panel: EvaluateInPage, url: string): Promise<unknown> =>
  panel(`browser.tabs.query({})
    .then((tabs) => browser.action.getBadgeText({ tabId: tabs.find((tab) => tab.url === ${JSON.stringify(url)}).id }))`);

const withDevtools = (firefox: Firefox, url: string, run: string): Promise<unknown> =>
  firefox.inBrowser(`(async () => {
    const { require } = ChromeUtils.importESModule('resource://devtools/shared/loader/Loader.sys.mjs');
    const { gDevTools } = require('devtools/client/framework/devtools');
    const tab = ${tabOf(url)};
    ${run}
  })()`);

export const openDevtools = (firefox: Firefox, url: string): Promise<unknown> =>
  withDevtools(firefox, url, 'await gDevTools.showToolboxForTab(tab);');

export const closeDevtools = (firefox: Firefox, url: string): Promise<unknown> =>
  withDevtools(firefox, url, 'await gDevTools.closeToolboxForTab(tab);');

/** The names of the panels that extensions added to the open DevTools of a tab. */
export const devtoolsPanels = (firefox: Firefox, url: string): Promise<unknown> =>
  withDevtools(
    firefox,
    url,
    `const toolbox = gDevTools.getToolboxForTab(tab);
    return toolbox.getAdditionalTools().map(({ label }) => label).join();`,
  );

/** Shows the first panel that an extension added. @returns whether it is shown then */
export const showDevtoolsPanel = (firefox: Firefox, url: string): Promise<unknown> =>
  withDevtools(
    firefox,
    url,
    `const toolbox = gDevTools.getToolboxForTab(tab);
    const [{ id }] = toolbox.getAdditionalTools();
    await toolbox.selectTool(id);
    return toolbox.currentToolId === id;`,
  );

/** Disables, enables or reloads the extension, as about:addons does. */
export const changeExtension = (
  firefox: Firefox,
  change: 'disable' | 'enable' | 'reload',
): Promise<unknown> =>
  firefox.inBrowser(`(async () => {
    const { AddonManager } = ChromeUtils.importESModule('resource://gre/modules/AddonManager.sys.mjs');
    await (await AddonManager.getAddonByID('${ID}')).${change}();
  })()`);
