import type { RealmIndex, Session, TimeRange } from '../../src/session/model.ts';

/** What every view gets. */
export interface ViewProps {
  /** Only the chosen realm's part, where one is chosen. */
  session: Session;
  /** The stretch that all views are narrowed to; null: the whole session. */
  range: TimeRange | null;
  onRange(range: TimeRange | null): void;
  /** Narrows all views to a realm of `session`. */
  onRealm(realm: RealmIndex | null): void;
}
