import browser from 'webextension-polyfill';

/** True in a panel inside DevTools, false in a window of its own. */
export const inDevTools = (): boolean =>
  typeof browser.devtools?.inspectedWindow?.eval === 'function';

/**
 * Tells the address of a tab's page.
 * @returns what tells it; outside DevTools at once, as Firefox lets sites be asked for only in the click's own task
 */
export function createPageUrl(tab: number): () => string | Promise<string> {
  if (inDevTools()) return inspectedUrl;
  let state: { url: string | undefined } | 'reading' | 'closed' = 'reading';
  browser.tabs.get(tab).then(
    ({ url }) => {
      state = { url };
    },
    () => {
      state = 'closed';
    },
  );
  browser.tabs.onUpdated.addListener((id, _change, { url }) => {
    if (id === tab) state = { url };
  });
  browser.tabs.onRemoved.addListener((id) => {
    if (id === tab) state = 'closed';
  });
  return () => {
    if (state === 'reading')
      throw new Error('The tab is still being looked up. Press Record again.');
    if (state === 'closed')
      throw new Error(
        'The tab of this window was closed. Open the page again and click Wasmscope’s button in the toolbar there.',
      );
    // Neither the site nor this page of it was allowed yet: a click on the button does that.
    if (state.url === undefined)
      throw new Error(
        'Wasmscope may not see which site the tab shows. Click its button in the toolbar while the page is in front, then press Record again.',
      );
    return state.url;
  };
}

async function inspectedUrl(): Promise<string> {
  const answer: unknown = await browser.devtools.inspectedWindow.eval('location.href');
  // Firefox and the polyfill give [result, error]; Chromium's own `browser`, which the polyfill leaves alone, the result.
  const url: unknown = Array.isArray(answer) ? answer[0] : answer;
  if (typeof url !== 'string')
    throw new Error('The page’s address could not be read. Reload the page and try again.');
  return url;
}
