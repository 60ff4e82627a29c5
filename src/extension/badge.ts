import browser from 'webextension-polyfill';
import type { RecordingStatus } from './messages.ts';

/** Shows on the toolbar button whether a tab records. To be called again for each page: browsers clear it then. */
export async function showBadge(tab: number, state: RecordingStatus['state']): Promise<void> {
  const recording = state === 'recording' || state === 'stopping';
  try {
    await Promise.all([
      browser.action.setBadgeBackgroundColor({ tabId: tab, color: '#c62828' }),
      browser.action.setBadgeText({ tabId: tab, text: recording ? 'REC' : '' }),
      browser.action.setTitle({
        tabId: tab,
        title: recording
          ? 'Wasmscope records this tab: click to stop'
          : 'Open Wasmscope for this tab',
      }),
    ]);
  } catch {
    // The tab was closed, and its button with it.
  }
}
