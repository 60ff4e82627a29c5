import type { CrossingRow } from '../../../src/analysis/crossingTable.ts';
import type { Session } from '../../../src/session/model.ts';
import { isOut } from './crossingColumns.tsx';

export type Direction = 'both' | 'in' | 'out';

/** What of the table is asked for. */
export interface CrossingFilter {
  /** A part of the function's or its module's name, in any case. */
  text: string;
  way: Direction;
  /** Whether functions that were measured and not called are left out. */
  called: boolean;
}

/** The rows that match, and how many more do that were not called. */
export function shownCrossings(
  session: Session,
  all: readonly CrossingRow[],
  { text, way, called }: CrossingFilter,
): { rows: readonly CrossingRow[]; hidden: number } {
  const wanted = text.trim().toLowerCase();
  const matching = all.filter(({ function: fn }) => {
    const row = session.functions[fn];
    return (
      (way === 'both' || isOut(session, fn) === (way === 'out')) &&
      (wanted === '' ||
        `${session.modules[row?.module ?? -1]?.name} ${row?.name}`.toLowerCase().includes(wanted))
    );
  });
  if (!called) return { rows: matching, hidden: 0 };
  const rows = matching.filter(
    ({ function: fn, calls }) => calls > 0 || session.functions[fn]?.notMeasured,
  );
  return { rows, hidden: matching.length - rows.length };
}
