import browser from 'webextension-polyfill';
import type { Recorder } from '../recorder/recorder.ts';
import type { SessionStore } from '../store/store.ts';
import { NO_ACCESS_TO_SITE } from '../text/extensionMessages.ts';
import { endIsolation, isolateTab } from './isolation.ts';
import type { ToBridge } from './messages.ts';
import { saveTabs } from './persistence.ts';
import type { TabPorts } from './ports.ts';
import { injectScripts, registerScripts } from './scripts.ts';
import { createSession, discardSession, noteDevtools } from './sessions.ts';
import type { BrowserEffect } from './tabEvents.ts';
import type { Ending } from './tabState.ts';
import { recordedSites } from './tabState.ts';
import type { TabStates } from './tabs.ts';

/** How long the last chunks of a stopped recording are awaited, ms. */
const LAST_CHUNKS_TIMEOUT = 5000;

export interface EffectContext {
  store: SessionStore;
  recorder: Recorder;
  bridges: TabPorts<ToBridge>;
}

/**
 * Does in the browser what a transition asks for.
 * @throws Error with a sentence for people, where the browser or the database refused
 */
export async function performEffect(
  { store, recorder, bridges }: EffectContext,
  effect: BrowserEffect,
  tab: number,
  states: TabStates,
): Promise<void> {
  switch (effect.type) {
    case 'save':
      return saveTabs(states);
    case 'check access':
      return checkAccess(effect.site);
    case 'create session':
      return createSession(store, effect.recording);
    case 'register scripts':
      return registerScripts(recordedSites(states));
    case 'isolate':
      return isolateTab(tab);
    case 'end isolation':
      return endIsolation([tab]);
    case 'reload':
      return browser.tabs.reload(tab);
    case 'inject scripts':
      return injectScripts(tab);
    case 'stop pages':
      return bridges.send(tab, { type: 'stop' });
    case 'wait for last chunks':
      return Promise.race([bridges.whenNone(tab), delay(LAST_CHUNKS_TIMEOUT)]);
    case 'note mixed devtools':
      return noteDevtools(store, effect.session, 'mixed');
    case 'close session':
      return recorder.finish(effect.session, effect.ending.state, reasonOf(effect.ending));
    case 'discard session':
      return discardSession(store, effect.session);
    default:
      return effect satisfies never;
  }
}

async function checkAccess(site: string): Promise<void> {
  const allowed = await browser.permissions.contains({ origins: [site] });
  if (!allowed) throw new Error(NO_ACCESS_TO_SITE);
}

const reasonOf = (ending: Ending): string => (ending.state === 'cut' ? ending.reason : '');

const delay = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
