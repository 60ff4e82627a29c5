import { createFold } from '../../../src/session/fold.ts';
import type { Session } from '../../../src/session/model.ts';
import type { SessionStore } from '../../../src/store/store.ts';
import { COMPARE_TEXT } from '../../../src/text/panel/compareText.ts';

/**
 * Reads a whole session.
 * @throws Error where it no longer exists, or after the signal
 */
export async function readSession(
  store: Pick<SessionStore, 'get' | 'segments'>,
  id: string,
  signal: AbortSignal,
): Promise<Session> {
  const info = await store.get(id);
  if (!info) throw new Error(COMPARE_TEXT.gone);
  const fold = createFold(info);
  for await (const { segment } of store.segments(id)) {
    signal.throwIfAborted();
    fold.add(segment);
  }
  return fold.session();
}
