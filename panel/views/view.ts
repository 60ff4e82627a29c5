import type { Session, TimeRange } from '../../src/session/model.ts';

/** What every view gets. */
export interface ViewProps {
  session: Session;
  /** The stretch that all views are narrowed to; null: the whole session. */
  range: TimeRange | null;
  onRange(range: TimeRange | null): void;
}
