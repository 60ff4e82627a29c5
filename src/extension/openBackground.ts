import type { Recorder } from '../recorder/recorder.ts';
import { createRecorder } from '../recorder/recorder.ts';
import { openStore } from '../store/store.ts';
import { performEffect } from './effects.ts';
import { endIsolationExcept } from './isolation.ts';
import type { RecordingStatus, ToBridge } from './messages.ts';
import { loadTabs } from './persistence.ts';
import type { TabPorts } from './ports.ts';
import { registerScripts } from './scripts.ts';
import { cutOrphans } from './sessions.ts';
import type { Tabs } from './tabs.ts';
import { createTabs } from './tabs.ts';

/** What the background works with. */
export interface Background {
  tabs: Tabs;
  recorder: Recorder;
}

/**
 * Opens the database, clears away what dead backgrounds and browsers left, and goes on with what
 * was saved.
 * @throws StoreError where the database cannot be opened
 */
export async function openBackground(
  bridges: TabPorts<ToBridge>,
  onStatus: (tab: number, status: RecordingStatus) => void,
): Promise<Background> {
  const [store, saved] = await Promise.all([openStore(), loadTabs()]);
  const recordings = [...saved].flatMap(([tab, activity]) =>
    activity.kind === 'armed' ? [] : [{ tab, session: activity.recording.session }],
  );
  await cutOrphans(store, new Set(recordings.map(({ session }) => session)));
  await store.purge();
  await endIsolationExcept(new Set(recordings.map(({ tab }) => tab)));
  // Not where one is recorded: a page that loads just now would miss them.
  if (recordings.length === 0) await registerScripts([]);
  const recorder = createRecorder(store);
  const context = { store, recorder, bridges };
  const tabs = createTabs({
    saved,
    perform: (effect, tab, states) => performEffect(context, effect, tab, states),
    onStatus,
  });
  return { tabs, recorder };
}
