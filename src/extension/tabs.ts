import { errorMessage } from './errorMessage.ts';
import type { RecordingStatus } from './messages.ts';
import { reduceTab } from './reduceTab.ts';
import type { BrowserEffect, Effect, TabEvent } from './tabEvents.ts';
import type { SavedActivity, TabState } from './tabState.ts';
import { INITIAL_TAB, sessionOf, statusOf } from './tabState.ts';

/** The state of all tabs that there is something to say about. */
export type TabStates = ReadonlyMap<number, TabState>;

export interface TabsOptions {
  /** What a background before this one saved. */
  saved: ReadonlyMap<number, SavedActivity>;
  /** @param states of all tabs, at the time of the call */
  perform(effect: BrowserEffect, tab: number, states: TabStates): Promise<void>;
  onStatus(tab: number, status: RecordingStatus): void;
}

export interface Tabs {
  stateOf(tab: number): TabState;
  /** Changes the tab's state at once. The effects follow, after those of earlier events. */
  dispatch(tab: number, event: TabEvent): void;
}

/** Keeps the tabs' states, and performs the effects of their transitions. */
export function createTabs({ saved, perform, onStatus }: TabsOptions): Tabs {
  const states = new Map<number, TabState>();
  /** By tab: settled once all its effects are performed. */
  const performing = new Map<number, Promise<void>>();

  const stateOf = (tab: number): TabState => states.get(tab) ?? INITIAL_TAB;

  function setState(tab: number, state: TabState): void {
    if (state.activity.kind === 'idle' && state.devtools === 'closed') states.delete(tab);
    else states.set(tab, state);
  }

  function dispatch(tab: number, event: TabEvent): void {
    const before = stateOf(tab);
    const { state, effects } = reduceTab(before, event);
    setState(tab, state);
    if (state.activity !== before.activity) onStatus(tab, statusOf(state));
    if (effects.length > 0) performLater(tab, effects, sessionOf(state.activity));
  }

  function performLater(tab: number, effects: readonly Effect[], session: string | null): void {
    const before = performing.get(tab) ?? Promise.resolve();
    const all = before.then(() => performAll(tab, effects, session));
    performing.set(tab, all);
    void all.then(() => {
      if (performing.get(tab) === all) performing.delete(tab);
    });
  }

  async function performAll(
    tab: number,
    effects: readonly Effect[],
    session: string | null,
  ): Promise<void> {
    for (const effect of effects) {
      if (effect.type === 'report') {
        dispatch(tab, effect.event);
        continue;
      }
      try {
        await perform(effect, tab, states);
      } catch (error) {
        dispatch(tab, { type: 'effect failed', session, message: errorMessage(error) });
        return;
      }
    }
  }

  for (const [tab, activity] of saved) states.set(tab, { devtools: 'closed', activity });
  for (const tab of saved.keys()) dispatch(tab, { type: 'background restarted' });
  return { stateOf, dispatch };
}
