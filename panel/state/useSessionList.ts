import { useEffect } from 'preact/hooks';
import type { RecordingStatus } from '../../src/extension/client.ts';
import type { Actions } from './actions.ts';

const STEP_MS = 1000;

/**
 * Keeps the list of sessions up to date: on every change of the recording, once a second while it
 * runs, and when this panel gets the focus, as another one may have changed the list.
 */
export function useSessionList(actions: Actions, recording: RecordingStatus['state']): void {
  useEffect(() => {
    const refresh = (): void => void actions.refresh();
    refresh();
    const timer = recording === 'recording' ? setInterval(refresh, STEP_MS) : undefined;
    window.addEventListener('focus', refresh);
    return () => {
      clearInterval(timer);
      window.removeEventListener('focus', refresh);
    };
  }, [actions, recording]);
}
