import browser from 'webextension-polyfill';
import type { RecordMode } from './messages.ts';
import type { Settings } from '../protocol/command.ts';

/** A tab's recording, as it must outlive the background. */
export interface TabRecording {
  tab: number;
  session: string;
  /** Match pattern of the recorded site. */
  site: string;
  since: number;
  mode: RecordMode;
  settings: Settings;
}

const KEY = 'recordings';

/** Which tabs record: in session storage, so that a killed background knows them when it wakes. */
export async function loadRecordings(): Promise<Map<number, TabRecording>> {
  const stored = await browser.storage.session.get(KEY);
  const rows = (stored[KEY] ?? []) as TabRecording[];
  return new Map(rows.map((row) => [row.tab, row]));
}

export async function saveRecordings(recordings: ReadonlyMap<number, TabRecording>): Promise<void> {
  await browser.storage.session.set({ [KEY]: [...recordings.values()] });
}
