import type { RecordRequest } from '../../../src/extension/messages.ts';
import { reduceTab } from '../../../src/extension/reduceTab.ts';
import type { Effect, TabEvent } from '../../../src/extension/tabEvents.ts';
import type { NewSession, TabState } from '../../../src/extension/tabState.ts';
import { INITIAL_TAB } from '../../../src/extension/tabState.ts';
import { DEFAULT_SETTINGS } from '../../../src/protocol/defaultSettings.ts';

export const SITE = 'https://example.org/*';
export const URL_WITH_QUERY = 'https://example.org/page?user=7#top';

export const request = (change: Partial<RecordRequest> = {}): RecordRequest => ({
  url: URL_WITH_QUERY,
  mode: 'reload',
  settings: DEFAULT_SETTINGS,
  ...change,
});

export const newSession = (id = 'session'): NewSession => ({ id, time: 1000 });

export const recordRequested = (change: Partial<RecordRequest> = {}): TabEvent => ({
  type: 'record requested',
  request: request(change),
  newSession: newSession(),
});
export const recordingStarted: TabEvent = { type: 'recording started', session: 'session' };
export const stopRequested: TabEvent = { type: 'stop requested' };
export const armRequested: TabEvent = { type: 'arm requested', request: request() };
export const devtoolsOpened: TabEvent = { type: 'devtools opened' };
export const devtoolsClosed: TabEvent = { type: 'devtools closed', newSession: newSession() };
export const storingFailed: TabEvent = { type: 'storing failed', message: 'The disk is full.' };
export const sessionClosed: TabEvent = { type: 'session closed', session: 'session' };

export const effectFailed = (
  message = 'It did not work.',
  session: string | null = 'session',
): TabEvent => ({ type: 'effect failed', session, message });

/** What a tab is after these events, and the effects of the last. */
export function stateAfter(...events: TabEvent[]): { state: TabState; effects: readonly Effect[] } {
  let result: { state: TabState; effects: readonly Effect[] } = { state: INITIAL_TAB, effects: [] };
  for (const event of events) result = reduceTab(result.state, event);
  return result;
}

/** The effects of the last of these events, by type. */
export const effectsAfter = (...events: TabEvent[]): string[] =>
  stateAfter(...events).effects.map(({ type }) => type);

/** The kind of activity after these events. */
export const kindAfter = (...events: TabEvent[]): string =>
  stateAfter(...events).state.activity.kind;
