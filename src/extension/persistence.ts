import browser from 'webextension-polyfill';
import type { SavedActivity } from './tabState.ts';
import { savedActivity } from './tabState.ts';
import type { TabStates } from './tabs.ts';

// In session storage, so that a background that was killed knows its tabs when it runs again.

const KEY = 'tabs';

type SavedTab = [tab: number, activity: SavedActivity];

export async function loadTabs(): Promise<Map<number, SavedActivity>> {
  const { [KEY]: saved } = await browser.storage.session.get(KEY);
  return new Map(isSavedTabs(saved) ? saved : []);
}

export async function saveTabs(states: TabStates): Promise<void> {
  const saved: SavedTab[] = [];
  for (const [tab, { activity }] of states) {
    const toSave = savedActivity(activity);
    if (toSave) saved.push([tab, toSave]);
  }
  await browser.storage.session.set({ [KEY]: saved });
}

/** Browsers empty this storage when the extension changes: this version saved what is there. */
const isSavedTabs = (saved: unknown): saved is SavedTab[] => Array.isArray(saved);
