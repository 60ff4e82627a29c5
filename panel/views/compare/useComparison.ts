import { useEffect, useRef, useState } from 'preact/hooks';
import { compareSessions } from '../../../src/compare/compareSessions.ts';
import type { Comparison } from '../../../src/compare/model.ts';
import { refusalsOf } from '../../../src/compare/refusalsOf.ts';
import type { Session } from '../../../src/session/model.ts';
import type { SessionStore } from '../../../src/store/store.ts';
import { errorMessage } from '../../state/errorMessage.ts';
import { readSession } from './readSession.ts';

/** Both sides as the view shows them. */
export interface Compared {
  baseline: Session[];
  candidate: Session[];
  comparison: Comparison;
}

export type ComparisonState =
  | { state: 'choosing' }
  | { state: 'reading' }
  | { state: 'ready'; compared: Compared }
  | { state: 'failed'; message: string };

/** Reads the chosen sessions, each once, and compares them. */
export function useComparison(
  store: SessionStore,
  baseline: readonly string[],
  candidate: readonly string[],
  force: boolean,
): ComparisonState {
  const [state, setState] = useState<ComparisonState>({ state: 'choosing' });
  const known = useRef(new Map<string, Session>());
  useEffect(() => {
    if (baseline.length === 0 || candidate.length === 0) {
      setState({ state: 'choosing' });
      return undefined;
    }
    const end = new AbortController();
    setState({ state: 'reading' });
    const read = async (id: string): Promise<Session> => {
      const session = known.current.get(id) ?? (await readSession(store, id, end.signal));
      known.current.set(id, session);
      return session;
    };
    const work = async (): Promise<void> => {
      const sides = {
        baseline: await Promise.all(baseline.map(read)),
        candidate: await Promise.all(candidate.map(read)),
      };
      if (end.signal.aborted) return;
      const comparison = compareSessions(sides.baseline, sides.candidate, {
        force,
        refused: refusalsOf(sides.baseline, sides.candidate),
      });
      setState({ state: 'ready', compared: { ...sides, comparison } });
    };
    work().catch((error: unknown) => {
      if (end.signal.aborted) return;
      setState({
        state: 'failed',
        message: errorMessage(error),
      });
    });
    return () => end.abort();
  }, [store, baseline.join(), candidate.join(), force]);
  return state;
}
