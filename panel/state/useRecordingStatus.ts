import type { Dispatch } from 'preact/hooks';
import { useEffect, useState } from 'preact/hooks';
import type { BackgroundClient, RecordingStatus } from '../../src/extension/client.ts';
import type { AppAction } from './appState.ts';

/**
 * The state of the tab's recording. A recording that starts is opened; one that fails becomes a
 * notice.
 */
export function useRecordingStatus(
  client: BackgroundClient | null,
  dispatch: Dispatch<AppAction>,
): RecordingStatus {
  const [status, setStatus] = useState<RecordingStatus>({ state: 'idle' });
  useEffect(
    () =>
      client?.onStatus((next) => {
        setStatus(next);
        if (next.state === 'recording') dispatch({ type: 'recorded', session: next.session });
        if (next.state === 'failed') dispatch({ type: 'noticed', tone: 'bad', text: next.message });
      }),
    [client, dispatch],
  );
  return status;
}
