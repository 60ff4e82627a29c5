import type { RealmIndex, Session } from '../../src/session/model.ts';
import { realmNames } from '../../src/text/realmNames.ts';

/** Chooses the realm that all views show; nothing where the session has only one. */
export function RealmPicker({
  session,
  realm,
  onRealm,
}: {
  session: Session;
  realm: RealmIndex | null;
  onRealm(realm: RealmIndex | null): void;
}) {
  if (session.realms.length < 2) return null;
  return (
    <select
      class="realm-picker"
      aria-label="Realm"
      value={realm ?? 'all'}
      onChange={({ currentTarget: { value } }) => onRealm(value === 'all' ? null : Number(value))}
    >
      <option value="all">All {session.realms.length} realms</option>
      {realmNames(session).map((name, index) => (
        <option key={index} value={index}>
          {name}
        </option>
      ))}
    </select>
  );
}
