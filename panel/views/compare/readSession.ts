import { createFold } from '../../../src/session/fold.ts';
import type { Session } from '../../../src/session/model.ts';
import type { SessionStore } from '../../../src/store/store.ts';

/**
 * Reads a whole session.
 * @throws Error where it is not there any more, or the signal came
 */
export async function readSession(
  store: Pick<SessionStore, 'get' | 'segments'>,
  id: string,
  signal: AbortSignal,
): Promise<Session> {
  const info = await store.get(id);
  if (!info) throw new Error('A chosen session is not there any more. Choose another one.');
  const fold = createFold(info);
  for await (const { segment } of store.segments(id)) {
    signal.throwIfAborted();
    fold.add(segment);
  }
  return fold.session();
}
