import type { Settings } from '../protocol/command.ts';

// What the parts of the extension say to each other over ports: one union a direction.

export const BRIDGE_PORT = 'bridge';
export const PANEL_PORT = 'panel';
/** Held by the page that DevTools load, for as long as DevTools are open. */
export const DEVTOOLS_PORT = 'devtools';

/** Bridge → background. */
export type FromBridge =
  /** First on each connection. `session`: the one that this document belongs to already. */
  | { type: 'hello'; session: string | null }
  /** `session` null: for the recording of the tab, if there is one. */
  | { type: 'chunk'; key: number; session: string | null; chunk: string }
  /** The agent has stopped, and all its chunks were acknowledged. */
  | { type: 'done' };

/** What the background answers to each message of a bridge. */
interface AnswersToBridge {
  hello: /** `sites`: match patterns of where agents run. */
    | { type: 'record'; session: string; settings: Settings; sites: string[] }
    /** This tab is not being recorded. */
    | { type: 'idle' }
    /** The recording that this document belongs to has ended. */
    | { type: 'stop' };
  chunk:
    | { type: 'stored'; key: number }
    /** This chunk can never be stored. */
    | { type: 'refused'; key: number };
  done: never;
}

export type AnswerToBridge<Type extends FromBridge['type']> = AnswersToBridge[Type];

/** Background → bridge. `stop` also comes unasked, when the recording of the tab ends. */
export type ToBridge = AnswerToBridge<FromBridge['type']>;

export type RecordMode = 'reload' | 'attach';

/** What a panel wants recorded. */
export interface RecordRequest {
  url: string;
  mode: RecordMode;
  settings: Settings;
}

/** How far the recording of a tab is, as panels show it. */
export type RecordingStatus =
  | { state: 'idle' }
  /** Recording starts once DevTools are closed, and ends when they are opened again. */
  | { state: 'armed' }
  | { state: 'starting' }
  /** `since` in epoch ms. */
  | { state: 'recording'; session: string; since: number; mode: RecordMode }
  | { state: 'stopping'; session: string }
  /** The message says why, and what to do. `session`: where something was kept. */
  | { state: 'failed'; message: string; session: string | null };

/** Panel → background. */
export type FromPanel =
  /** First on each connection: which tab the panel belongs to. */
  | { type: 'watch'; tab: number }
  | ({ type: 'record' } & RecordRequest)
  /** Record once DevTools are closed. */
  | { type: 'arm'; url: string; settings: Settings }
  | { type: 'disarm' }
  /** Show the panel in a window of its own. */
  | { type: 'window' }
  | { type: 'stop' };

/** Background → panel: at once after `watch`, and whenever it changes. */
export type ToPanel = { type: 'status'; status: RecordingStatus };

/** DevTools page → background, first on each connection. */
export type FromDevtools = { type: 'opened'; tab: number };

/**
 * Only the type is checked: both ends of a port are of one version of the extension, since an
 * update closes all ports.
 */
const guardOf =
  <Message extends { type: string }>(types: Record<Message['type'], true>) =>
  (message: unknown): message is Message =>
    typeof message === 'object' &&
    message !== null &&
    'type' in message &&
    typeof message.type === 'string' &&
    Object.hasOwn(types, message.type);

export const isFromBridge = guardOf<FromBridge>({ hello: true, chunk: true, done: true });
export const isToBridge = guardOf<ToBridge>({
  record: true,
  idle: true,
  stop: true,
  stored: true,
  refused: true,
});
export const isFromPanel = guardOf<FromPanel>({
  watch: true,
  record: true,
  arm: true,
  disarm: true,
  window: true,
  stop: true,
});
export const isToPanel = guardOf<ToPanel>({ status: true });
export const isFromDevtools = guardOf<FromDevtools>({ opened: true });
