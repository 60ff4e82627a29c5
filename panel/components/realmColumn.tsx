import type { RealmIndex, Session } from '../../src/session/model.ts';
import { realmNames } from '../../src/text/realmNames.ts';
import type { Column } from './Column.ts';
import { MiddleCut } from './MiddleCut.tsx';

/** The column with each row's realm; no column where the session has only one realm. */
export function realmColumn<Row>(
  session: Session,
  realmOf: (row: Row) => RealmIndex | undefined,
): Column<Row>[] {
  if (session.realms.length < 2) return [];
  const names = realmNames(session);
  const name = (row: Row): string => names[realmOf(row) ?? -1] ?? '';
  return [
    {
      key: 'realm',
      title: 'Realm',
      term: 'realm',
      width: 'minmax(110px, 1fr)',
      cell: (row) => <MiddleCut text={name(row)} keep={9} />,
      sort: name,
    },
  ];
}
