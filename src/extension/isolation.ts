import type { DeclarativeNetRequest } from 'webextension-polyfill';
import browser from 'webextension-polyfill';

// Cross-origin isolation of one tab, by headers that its answers get while it is recorded: rules of the session, which
// end with the browser or the extension, and of which each has the number of its tab.

/** Documents, frames and what workers are made from (HTML 7.8, cross-origin isolation). */
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

/** What the tab loads from now on is isolated, as far as the extension may see it. */
export async function isolateTab(tab: number): Promise<void> {
  await browser.declarativeNetRequest.updateSessionRules({
    removeRuleIds: [tab],
    addRules: [
      {
        id: tab,
        condition: { tabIds: [tab], resourceTypes: RESOURCES },
        action: {
          type: 'modifyHeaders',
          // `credentialless`: other sites' images and scripts load without cookies, where `require-corp` would refuse them.
          responseHeaders: [
            header('cross-origin-opener-policy', 'same-origin'),
            header('cross-origin-embedder-policy', 'credentialless'),
          ],
        },
      },
    ],
  });
}

/** Takes the headers back from tabs: documents that are there stay as they were loaded. */
export async function endIsolation(tabs: readonly number[]): Promise<void> {
  if (tabs.length > 0)
    await browser.declarativeNetRequest.updateSessionRules({ removeRuleIds: [...tabs] });
}

/** Ends it for all tabs but these: what a background that was killed left behind. */
export async function endIsolationExcept(tabs: ReadonlySet<number>): Promise<void> {
  const rules = await browser.declarativeNetRequest.getSessionRules();
  await endIsolation(rules.map(({ id }) => id).filter((tab) => !tabs.has(tab)));
}
