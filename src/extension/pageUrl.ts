import browser from 'webextension-polyfill';
import {
  ADDRESS_UNREADABLE,
  TAB_CLOSED,
  TAB_NOT_VISIBLE,
  TAB_NOT_YET_READ,
} from '../text/extensionMessages.ts';

type TabUrl =
  | { kind: 'reading' }
  /**
   * Undefined where neither the site nor this visit was allowed: a click on the button does that.
   */
  | { kind: 'read'; url: string | undefined }
  | { kind: 'closed' };

/** True in a panel of DevTools, false in a window of its own. */
export const inDevTools = (): boolean =>
  typeof browser.devtools?.inspectedWindow?.eval === 'function';

/**
 * Follows the address of a tab's page.
 * @returns reads it, and throws Error with a sentence for people where it cannot; outside DevTools
 * at once, as Firefox lets an extension ask for a site only in the task of the click
 */
export function createPageUrl(tab: number): () => string | Promise<string> {
  return inDevTools() ? inspectedUrl : followTab(tab);
}

function followTab(tab: number): () => string {
  let state: TabUrl = { kind: 'reading' };
  browser.tabs.get(tab).then(
    ({ url }) => {
      state = { kind: 'read', url };
    },
    () => {
      state = { kind: 'closed' };
    },
  );
  browser.tabs.onUpdated.addListener((id, _change, { url }) => {
    if (id === tab) state = { kind: 'read', url };
  });
  browser.tabs.onRemoved.addListener((id) => {
    if (id === tab) state = { kind: 'closed' };
  });
  return () => urlOf(state);
}

function urlOf(state: TabUrl): string {
  if (state.kind === 'reading') throw new Error(TAB_NOT_YET_READ);
  if (state.kind === 'closed') throw new Error(TAB_CLOSED);
  if (state.url === undefined) throw new Error(TAB_NOT_VISIBLE);
  return state.url;
}

async function inspectedUrl(): Promise<string> {
  const answer: unknown = await browser.devtools.inspectedWindow.eval('location.href');
  // Firefox and the polyfill answer [result, error]; Chromium's own `browser`, which the polyfill
  // leaves alone, answers the result.
  const url: unknown = Array.isArray(answer) ? answer[0] : answer;
  if (typeof url !== 'string') throw new Error(ADDRESS_UNREADABLE);
  return url;
}
