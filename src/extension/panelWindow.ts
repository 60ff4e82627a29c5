import type { Runtime } from 'webextension-polyfill';
import browser from 'webextension-polyfill';

/** Shows the panel of a tab in a window of its own: the one that is open already, where there is one. */
export async function showPanelWindow(tab: number, panels: Iterable<Runtime.Port>): Promise<void> {
  const url = browser.runtime.getURL(`panel.html?tab=${tab}`);
  for (const { sender } of panels) {
    // A panel in DevTools has no tab.
    const open = sender?.url === url ? sender.tab?.windowId : undefined;
    if (open !== undefined) {
      await browser.windows.update(open, { focused: true });
      return;
    }
  }
  await browser.windows.create({ type: 'popup', url, width: 1180, height: 760 });
}
