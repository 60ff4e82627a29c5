import { openSmallSession } from '../../src/export/openSmallSession.ts';
import type { SmallSession } from '../../src/export/smallSession.ts';
import type { Session } from '../../src/session/model.ts';
import { keepFigures } from '../state/figuresOf.ts';

const opened = new WeakMap<SmallSession, Session>();

/** A session of the report, opened once. */
export function openReported(small: SmallSession): Session {
  const cached = opened.get(small);
  if (cached) return cached;
  const { session, figures } = openSmallSession(small);
  if (figures) keepFigures(session, figures);
  opened.set(small, session);
  return session;
}
