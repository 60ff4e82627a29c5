import browser from 'webextension-polyfill';
import { BADGE_RECORDING, BUTTON_IDLE, BUTTON_RECORDING } from '../text/extensionMessages.ts';
import type { RecordingStatus } from './messages.ts';

/** Dark red: white text on it is readable in both browsers. */
const BADGE_COLOR = '#c62828';

/**
 * Shows on the toolbar button whether a tab is being recorded. To be called again for each page, as
 * browsers clear the badge when one loads.
 */
export async function showBadge(tab: number, state: RecordingStatus['state']): Promise<void> {
  const recording = state === 'recording' || state === 'stopping';
  try {
    await Promise.all([
      browser.action.setBadgeBackgroundColor({ tabId: tab, color: BADGE_COLOR }),
      browser.action.setBadgeText({ tabId: tab, text: recording ? BADGE_RECORDING : '' }),
      browser.action.setTitle({ tabId: tab, title: recording ? BUTTON_RECORDING : BUTTON_IDLE }),
    ]);
  } catch {
    // The tab was closed, and its button with it.
  }
}
