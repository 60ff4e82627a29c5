import browser from 'webextension-polyfill';
import type { Settings } from '../protocol/command.ts';
import type { Conditions } from '../session/model.ts';
import type { RecordMode } from './messages.ts';

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
export const loadRecordings = (): Promise<Map<number, TabRecording>> => load(KEY);
export const saveRecordings = (recordings: ReadonlyMap<number, TabRecording>): Promise<void> =>
  save(KEY, recordings);

/** Which tabs wait for their DevTools to be closed: kept as the recordings are. */
export const loadArmed = (): Promise<Map<number, ArmedTab>> => load(ARMED_KEY);
export const saveArmed = (armed: ReadonlyMap<number, ArmedTab>): Promise<void> =>
  save(ARMED_KEY, armed);

async function load<Row extends { tab: number }>(key: string): Promise<Map<number, Row>> {
  const stored = await browser.storage.session.get(key);
  const rows = (stored[key] ?? []) as Row[];
  return new Map(rows.map((row) => [row.tab, row]));
}

async function save(key: string, rows: ReadonlyMap<number, unknown>): Promise<void> {
  await browser.storage.session.set({ [key]: [...rows.values()] });
}
