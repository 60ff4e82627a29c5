import type { Conditions } from '../session/model.ts';
import type { SessionStore } from '../store/store.ts';
import { ENDED_WHILE_RECORDING } from '../text/extensionMessages.ts';
import { conditions } from './conditions.ts';
import type { Recording } from './tabState.ts';

/** Creates the session of a recording, unless a background that was killed has done so. */
export async function createSession(
  store: SessionStore,
  { session: id, page, since, mode, settings, devtools }: Recording,
): Promise<void> {
  if (await store.get(id)) return;
  await store.create({
    id,
    name: '',
    note: '',
    page,
    started: since,
    ended: null,
    state: 'recording',
    reason: '',
    source: 'extension',
    mode,
    settings,
    conditions: await conditions(devtools),
    bytes: 0,
    segments: 0,
  });
}

/** Moves a session to the trash, if it was created. */
export async function discardSession(store: SessionStore, id: string): Promise<void> {
  if (await store.get(id)) await store.trash(id);
}

export async function noteDevtools(
  store: SessionStore,
  id: string,
  devtools: Conditions['devtools'],
): Promise<void> {
  await store.update(id, { conditions: await conditions(devtools) });
}

/** Closes the sessions that are recording according to the database, but in none of the tabs. */
export async function cutOrphans(
  store: SessionStore,
  recorded: ReadonlySet<string>,
): Promise<void> {
  for (const { id, state } of await store.list()) {
    if (state !== 'recording' || recorded.has(id)) continue;
    await store.update(id, { state: 'cut', reason: ENDED_WHILE_RECORDING, ended: Date.now() });
  }
}
