import type { Settings } from '../protocol/command.ts';

// What the extension's parts say to each other over ports: one union a direction.

export const BRIDGE_PORT = 'bridge';
export const PANEL_PORT = 'panel';
/** Of the page that DevTools load: open for as long as they are. */
export const DEVTOOLS_PORT = 'devtools';

/** Bridge → background. */
export type FromBridge =
  /** First on each connection; `session` where this document already belongs to one. */
  | { type: 'hello'; session: string | null }
  /** `session` null: of the tab's recording, if there is one. */
  | { type: 'chunk'; key: number; session: string | null; chunk: string }
  /** The agent has stopped and all its chunks were acknowledged. */
  | { type: 'done' };

/** Background → bridge. */
export type ToBridge =
  /** `sites`: match patterns of where agents are. */
  | { type: 'record'; session: string; settings: Settings; sites: string[] }
  /** This tab is not being recorded. */
  | { type: 'idle' }
  | { type: 'stored'; key: number }
  /** This chunk can never be stored. */
  | { type: 'refused'; key: number }
  | { type: 'stop' };

export type RecordMode = 'reload' | 'attach';

/** What a tab's recording is at. */
export type RecordingStatus =
  | { state: 'idle' }
  /** Records once DevTools are closed, until they are opened again. */
  | { state: 'armed' }
  | { state: 'starting' }
  | { state: 'recording'; session: string; since: number; mode: RecordMode }
  | { state: 'stopping'; session: string }
  /** Nothing records; the message says why and what to do. `session` where something was kept. */
  | { state: 'failed'; message: string; session: string | null };

/** Panel → background. */
export type FromPanel =
  | { type: 'watch'; tab: number }
  | { type: 'record'; url: string; mode: RecordMode; settings: Settings }
  /** To record once DevTools are closed. */
  | { type: 'arm'; url: string; settings: Settings }
  /** Not to record once DevTools are closed. */
  | { type: 'disarm' }
  /** To go on in a window of its own. */
  | { type: 'window' }
  | { type: 'stop' };

/** DevTools page → background, first on each connection. */
export interface FromDevtools {
  tab: number;
}

/** Background → panel. */
export type ToPanel = { type: 'status'; status: RecordingStatus };
