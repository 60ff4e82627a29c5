import type { CrossingRow } from '../../../src/analysis/crossingTable.ts';
import type { Session } from '../../../src/session/model.ts';
import type { Direction } from '../../../src/text/directionLabels.ts';
import { directionOf } from '../../state/directionOf.ts';

/** Which rows of the table the user asked for. */
export interface CrossingFilter {
  /** A part of the function's or its module's name, in any case. */
  text: string;
  direction: Direction | 'both';
  /** Whether to hide functions that were measured but not called. */
  onlyCalled: boolean;
}

/** The rows that match, and how many more were hidden because nothing called them. */
export function shownCrossings(
  session: Session,
  rows: readonly CrossingRow[],
  { text, direction, onlyCalled }: CrossingFilter,
): { rows: readonly CrossingRow[]; hidden: number } {
  const wanted = text.trim().toLowerCase();
  const matching = rows.filter((row) => {
    const fn = session.functions[row.function];
    if (!fn) return false;
    if (direction !== 'both' && directionOf(fn) !== direction) return false;
    const name = `${session.modules[fn.module]?.name} ${fn.name}`;
    return wanted === '' || name.toLowerCase().includes(wanted);
  });
  if (!onlyCalled) return { rows: matching, hidden: 0 };
  const shown = matching.filter(
    (row) => row.calls > 0 || session.functions[row.function]?.notMeasuredReason,
  );
  return { rows: shown, hidden: matching.length - shown.length };
}
