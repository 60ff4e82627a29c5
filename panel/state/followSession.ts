import { createFold } from '../../src/session/fold.ts';
import type { Session } from '../../src/session/model.ts';
import type { SessionStore } from '../../src/store/store.ts';
import { SESSION_TEXT } from '../../src/text/panel/sessionText.ts';
import { errorMessage } from './errorMessage.ts';

/** The selected session on its way to the views. */
export type OpenedSession =
  | { state: 'none' }
  | { state: 'loading'; id: string; done: number }
  | { state: 'ready'; id: string; session: Session }
  | { state: 'failed'; id: string; message: string };

const STEP_MS = 1000;

/**
 * Reads a session from the store. While it is being recorded, reads what is new once a second.
 * Ends when the recording does, or with the signal.
 */
export async function followSession(
  store: Pick<SessionStore, 'get' | 'segments'>,
  id: string,
  show: (opened: OpenedSession) => void,
  signal: AbortSignal,
  wait: (ms: number, signal: AbortSignal) => Promise<void> = pause,
): Promise<void> {
  const report = (opened: OpenedSession): void => {
    if (!signal.aborted) show(opened);
  };
  report({ state: 'loading', id, done: 0 });
  try {
    let info = await store.get(id);
    if (!info) {
      report({ state: 'failed', id, message: SESSION_TEXT.gone });
      return;
    }
    const fold = createFold(info);
    let last = 0;
    let shown: string | null = null;
    while (!signal.aborted) {
      let added = 0;
      for await (const { n, segment } of store.segments(id, last)) {
        if (signal.aborted) return;
        fold.add(segment);
        last = n;
        if (++added % 32 === 0 && shown === null)
          report({ state: 'loading', id, done: Math.min(added / info.segments, 1) });
      }
      if (added > 0 || shown !== info.state) {
        fold.setInfo(info);
        report({ state: 'ready', id, session: fold.session() });
        shown = info.state;
      }
      // The state was read before the segments were: once it is not 'recording', all of them were
      // there.
      if (info.state !== 'recording') return;
      await wait(STEP_MS, signal);
      const next = await store.get(id);
      if (!next) return;
      info = next;
    }
  } catch (error) {
    report({ state: 'failed', id, message: errorMessage(error) });
  }
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    signal.addEventListener(
      'abort',
      () => {
        clearTimeout(timer);
        resolve();
      },
      { once: true },
    );
  });
}
