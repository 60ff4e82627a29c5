import type { CrossingRow } from '../../src/analysis/crossingTable.ts';
import { crossingTable } from '../../src/analysis/crossingTable.ts';
import type { TreeFigures } from '../../src/analysis/treeFigures.ts';
import { treeFigures } from '../../src/analysis/treeFigures.ts';
import type { Session, TimeRange } from '../../src/session/model.ts';
import { perSession } from '../../src/session/perSession.ts';

/** The figures of a session over a range that several views show. */
export interface SessionFigures {
  tree: TreeFigures;
  crossings: CrossingRow[];
}

const wholeFigures = perSession((session) => compute(session, null));
const figuresByRange = perSession(() => new WeakMap<TimeRange, SessionFigures>());

/** Figures of a session over a range, computed once, as views come and go with their tabs. */
export function figuresOf(session: Session, range: TimeRange | null): SessionFigures {
  if (!range) return wholeFigures(session);
  const byRange = figuresByRange(session);
  const figures = byRange.get(range) ?? compute(session, range);
  byRange.set(range, figures);
  return figures;
}

/** Keeps figures that were computed before a report omitted the rows they came from. */
export const keepFigures = (session: Session, figures: SessionFigures): void =>
  wholeFigures.keep(session, figures);

function compute(session: Session, range: TimeRange | null): SessionFigures {
  const tree = treeFigures(session, range);
  return { tree, crossings: crossingTable(session, range, tree) };
}

/** Computes a finished session's figures while the browser is idle, before a view needs them. */
export function prepareFigures(session: Session): () => void {
  if (session.info.state === 'recording') return () => {};
  const handle = requestIdleCallback(() => wholeFigures(session), { timeout: 2000 });
  return () => cancelIdleCallback(handle);
}
