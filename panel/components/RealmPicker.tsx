import { realmNames } from '../../src/analysis/realms.ts';
import type { RealmIndex, Session } from '../../src/session/model.ts';

/** Which realm all views show; nothing where there is only one. */
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
      aria-label="Realm, all views"
      value={realm ?? 'all'}
      onChange={({ currentTarget: { value } }) => onRealm(value === 'all' ? null : Number(value))}
    >
      <option value="all">All {session.realms.length} realms</option>
      {realmNames(session).map((name, at) => (
        <option key={at} value={at}>
          {name}
        </option>
      ))}
    </select>
  );
}
