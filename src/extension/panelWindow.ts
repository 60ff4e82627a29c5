import type { Runtime } from 'webextension-polyfill';
import browser from 'webextension-polyfill';

const SIZE = { width: 1180, height: 760 };

/** Shows the panel of a tab in a window of its own, or brings the one that is open to the front. */
export async function showPanelWindow(tab: number, panels: Iterable<Runtime.Port>): Promise<void> {
  const url = browser.runtime.getURL(`panel.html?tab=${tab}`);
  for (const { sender } of panels) {
    // A panel in DevTools has no tab.
    const openWindow = sender?.url === url ? sender.tab?.windowId : undefined;
    if (openWindow !== undefined) {
      await browser.windows.update(openWindow, { focused: true });
      return;
    }
  }
  await browser.windows.create({ type: 'popup', url, ...SIZE });
}
