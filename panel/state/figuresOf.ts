import type { CrossingRow } from '../../src/analysis/crossingTable.ts';
import { crossingTable } from '../../src/analysis/crossingTable.ts';
import type { TreeFigures } from '../../src/analysis/treeFigures.ts';
import { treeFigures } from '../../src/analysis/treeFigures.ts';
import type { Session, TimeRange } from '../../src/session/model.ts';

/** What several views show of one stretch of a session. */
export interface SessionFigures {
  tree: TreeFigures;
  crossings: CrossingRow[];
}

interface Known {
  whole: SessionFigures | null;
  ranged: { range: TimeRange; figures: SessionFigures } | null;
}

/** Sessions are never changed, only replaced: what was computed of one holds as long as it lives. */
const known = new WeakMap<Session, Known>();

/** Figures of a session over a range, computed once: views come and go with their tabs. */
export function figuresOf(session: Session, range: TimeRange | null): SessionFigures {
  const of = known.get(session) ?? { whole: null, ranged: null };
  known.set(session, of);
  if (!range) {
    of.whole ??= compute(session, null);
    return of.whole;
  }
  if (of.ranged?.range !== range) of.ranged = { range, figures: compute(session, range) };
  return of.ranged.figures;
}

/** Figures that are known already: of a session that was made smaller, where the rest cannot be computed any more. */
export function keepFigures(session: Session, figures: SessionFigures): void {
  known.set(session, { whole: figures, ranged: null });
}

function compute(session: Session, range: TimeRange | null): SessionFigures {
  const tree = treeFigures(session, range);
  return { tree, crossings: crossingTable(session, range, tree) };
}

/** Computes a finished session's figures before a view asks for them, when there is nothing else to do. */
export function prepareFigures(session: Session): () => void {
  if (session.info.state === 'recording') return () => {};
  const handle = requestIdleCallback(() => figuresOf(session, null), { timeout: 2000 });
  return () => cancelIdleCallback(handle);
}
