import type { DeclarativeNetRequest } from 'webextension-polyfill';
import browser from 'webextension-polyfill';

// Makes a tab cross-origin isolated while it is recorded, by headers added to its responses. The
// rules last for the browser's session at most, and each has the number of its tab as its id.

/** Documents, frames and the scripts of workers (HTML 7.8, cross-origin isolation). */
const RESOURCES: DeclarativeNetRequest.ResourceType[] = [
  'main_frame',
  'sub_frame',
  'script',
  'other',
];

const header = (name: string, value: string) => ({
  header: name,
  operation: 'set' as const,
  value,
});

/** Isolates what the tab loads from now on, as far as the extension has access to it. */
export async function isolateTab(tab: number): Promise<void> {
  await browser.declarativeNetRequest.updateSessionRules({
    removeRuleIds: [tab],
    addRules: [
      {
        id: tab,
        condition: { tabIds: [tab], resourceTypes: RESOURCES },
        action: {
          type: 'modifyHeaders',
          // `credentialless` loads other sites' images and scripts without cookies;
          // `require-corp` would block them.
          responseHeaders: [
            header('cross-origin-opener-policy', 'same-origin'),
            header('cross-origin-embedder-policy', 'credentialless'),
          ],
        },
      },
    ],
  });
}

/** Ends the isolation of what the tabs load from now on. */
export async function endIsolation(tabs: readonly number[]): Promise<void> {
  if (tabs.length > 0)
    await browser.declarativeNetRequest.updateSessionRules({ removeRuleIds: [...tabs] });
}

/** Ends the isolation that a killed background left behind, in all tabs but these. */
export async function endIsolationExcept(tabs: ReadonlySet<number>): Promise<void> {
  const rules = await browser.declarativeNetRequest.getSessionRules();
  await endIsolation(rules.map(({ id }) => id).filter((tab) => !tabs.has(tab)));
}
