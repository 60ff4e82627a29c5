import browser from 'webextension-polyfill';
import type { RecordMode } from './messages.ts';
import type { Settings } from '../protocol/command.ts';
import type { Conditions } from '../session/model.ts';

/** A tab's recording, as it must outlive the background. */
export interface TabRecording {
  tab: number;
  session: string;
  /** Match pattern of the recorded site. */
  site: string;
  since: number;
  mode: RecordMode;
  settings: Settings;
  devtools: Conditions['devtools'];
  /** Ends when DevTools are opened. */
  untilDevtools: boolean;
}

/** A tab that is recorded once its DevTools are closed. */
export interface ArmedTab {
  tab: number;
  url: string;
  settings: Settings;
}

const KEY = 'recordings';
const ARMED_KEY = 'armed';

/** Which tabs record: in session storage, so that a killed background knows them when it wakes. */
export async function loadRecordings(): Promise<Map<number, TabRecording>> {
  const stored = await browser.storage.session.get(KEY);
  const rows = (stored[KEY] ?? []) as TabRecording[];
  return new Map(rows.map((row) => [row.tab, row]));
}

export async function saveRecordings(recordings: ReadonlyMap<number, TabRecording>): Promise<void> {
  await browser.storage.session.set({ [KEY]: [...recordings.values()] });
}

/** Which tabs wait for their DevTools to be closed: kept as the recordings are. */
export async function loadArmed(): Promise<Map<number, ArmedTab>> {
  const stored = await browser.storage.session.get(ARMED_KEY);
  const rows = (stored[ARMED_KEY] ?? []) as ArmedTab[];
  return new Map(rows.map((row) => [row.tab, row]));
}

export async function saveArmed(armed: ReadonlyMap<number, ArmedTab>): Promise<void> {
  await browser.storage.session.set({ [ARMED_KEY]: [...armed.values()] });
}
