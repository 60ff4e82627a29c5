import { useEffect, useState } from 'preact/hooks';
import type { SessionStore } from '../../src/store/store.ts';
import type { OpenedSession } from './followSession.ts';
import { followSession } from './followSession.ts';

/** The selected session, read from the store and followed while it is being recorded. */
export function useOpenedSession(store: SessionStore, selected: string | null): OpenedSession {
  const [opened, setOpened] = useState<OpenedSession>({ state: 'none' });
  useEffect(() => {
    if (selected === null) {
      setOpened({ state: 'none' });
      return undefined;
    }
    const end = new AbortController();
    void followSession(store, selected, setOpened, end.signal);
    return () => end.abort();
  }, [store, selected]);
  return opened;
}
