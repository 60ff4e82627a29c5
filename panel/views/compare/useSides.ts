import { useState } from 'preact/hooks';
import type { SessionInfo } from '../../../src/session/model.ts';
import type { SessionStore } from '../../../src/store/store.ts';

/** Ids of the sessions on each side. */
export interface Sides {
  baseline: string[];
  candidate: string[];
}

/** The user's choice for each store: the view does not outlive the selection of another session. */
const chosen = new WeakMap<SessionStore, Sides>();

/**
 * The sides of the comparison: the user's choice, as far as its sessions still exist; without one,
 * the selected session against the next older one.
 */
export function useSides(
  store: SessionStore,
  sessions: readonly SessionInfo[],
  selected: string,
): [Sides, (side: keyof Sides, change: (now: string[]) => string[]) => void] {
  const [, redraw] = useState({});
  const there = (ids: readonly string[]): string[] =>
    ids.filter((id) => sessions.some((session) => session.id === id));
  const current = (): Sides => {
    const own = chosen.get(store);
    if (own) return { baseline: there(own.baseline), candidate: there(own.candidate) };
    const older = sessions[sessions.findIndex(({ id }) => id === selected) + 1];
    return { baseline: older ? [older.id] : [], candidate: [selected] };
  };
  return [
    current(),
    (side, change) => {
      const now = current();
      chosen.set(store, { ...now, [side]: change(now[side]) });
      redraw({});
    },
  ];
}
