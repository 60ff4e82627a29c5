import type { BrowserEffect } from '../../../src/extension/tabEvents.ts';
import type { SavedActivity, TabState } from '../../../src/extension/tabState.ts';
import { activeRecording, recordedSites, savedActivity } from '../../../src/extension/tabState.ts';
import type { TabStates, Tabs } from '../../../src/extension/tabs.ts';
import { createTabs } from '../../../src/extension/tabs.ts';

interface PendingEffect {
  tab: number;
  effect: BrowserEffect;
  states: TabStates;
  resolve(): void;
  reject(error: Error): void;
}

/** Microtasks between the end of an effect and the next one. */
const MICROTASKS = 10;

/**
 * A browser without a browser: what effects change is kept in fields. Each effect waits until the
 * test lets it succeed or fail, so that events and the death of the background come in between.
 */
export class FakeBrowser {
  saved = new Map<number, SavedActivity>();
  sites: string[] = [];
  isolated = new Set<number>();
  /** The tab and state of each session. */
  sessions = new Map<string, { tab: number; state: 'recording' | 'complete' | 'cut' | 'trash' }>();
  pending: PendingEffect[] = [];
  #backgrounds = 0;
  tabs: Tabs = this.#startBackground();

  /** All that the background remembered is gone, and effects under way never end. */
  killBackground(): void {
    this.pending = [];
    this.tabs = this.#startBackground();
  }

  #startBackground(): Tabs {
    const saved = new Map(this.saved);
    this.#clearLeftovers(saved);
    this.#backgrounds += 1;
    const background = this.#backgrounds;
    return createTabs({
      saved,
      perform: (effect, tab, states) =>
        new Promise<void>((resolve, reject) => {
          if (background === this.#backgrounds)
            this.pending.push({ tab, effect, states, resolve, reject });
        }),
      onStatus: () => {},
    });
  }

  /** As openBackground.ts does. */
  #clearLeftovers(saved: ReadonlyMap<number, SavedActivity>): void {
    const sessions = new Set<string>();
    const tabs = new Set<number>();
    for (const [tab, activity] of saved) {
      if (activity.kind === 'armed') continue;
      tabs.add(tab);
      sessions.add(activity.recording.session);
    }
    for (const [id, session] of this.sessions)
      if (session.state === 'recording' && !sessions.has(id)) session.state = 'cut';
    for (const tab of this.isolated) if (!tabs.has(tab)) this.isolated.delete(tab);
    if (tabs.size === 0) this.sites = [];
  }

  /** Ends one of the effects under way. @param index counted round those that there are */
  async endEffect(index: number, outcome: 'succeeds' | 'fails'): Promise<void> {
    const [pending] = this.pending.splice(index % Math.max(1, this.pending.length), 1);
    if (!pending) return;
    if (outcome === 'succeeds') {
      this.#apply(pending);
      pending.resolve();
    } else {
      pending.reject(new Error('It failed.'));
    }
    for (let turn = 0; turn < MICROTASKS; turn++) await Promise.resolve();
  }

  /** Lets all effects succeed, and those that follow from them. */
  async settle(): Promise<void> {
    for (let turn = 0; turn < MICROTASKS; turn++) await Promise.resolve();
    while (this.pending.length > 0) await this.endEffect(0, 'succeeds');
  }

  #apply({ tab, effect, states }: PendingEffect): void {
    switch (effect.type) {
      case 'save':
        this.saved = savedTabs(states);
        break;
      case 'register scripts':
        this.sites = recordedSites(states);
        break;
      case 'isolate':
        this.isolated.add(tab);
        break;
      case 'end isolation':
        this.isolated.delete(tab);
        break;
      case 'create session':
        if (!this.sessions.has(effect.recording.session))
          this.sessions.set(effect.recording.session, { tab, state: 'recording' });
        break;
      case 'close session':
        this.#setSession(effect.session, effect.ending.state);
        break;
      case 'discard session':
        this.#setSession(effect.session, 'trash');
        break;
      default:
        break;
    }
  }

  #setSession(id: string, state: 'complete' | 'cut' | 'trash'): void {
    const session = this.sessions.get(id);
    if (session) session.state = state;
  }

  /** Sessions that are recording, of a tab. */
  recordingSessions(tab: number): string[] {
    return [...this.sessions]
      .filter(([, session]) => session.tab === tab && session.state === 'recording')
      .map(([id]) => id);
  }

  /** The session that the pages of a tab record to. */
  activeSession(tab: number): string | null {
    return activeRecording(this.tabs.stateOf(tab))?.session ?? null;
  }
}

function savedTabs(states: ReadonlyMap<number, TabState>): Map<number, SavedActivity> {
  const saved = new Map<number, SavedActivity>();
  for (const [tab, { activity }] of states) {
    const toSave = savedActivity(activity);
    if (toSave) saved.set(tab, toSave);
  }
  return saved;
}
