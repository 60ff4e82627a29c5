import { SESSION_TEXT } from '../../src/text/panel/sessionText.ts';
import { EmptyState } from '../components/EmptyState.tsx';

/** Shown while there is no session: how to record one. */
export function Welcome({
  onRecord,
}: {
  /** Null where the page cannot be recorded now. */
  onRecord: (() => void) | null;
}) {
  return (
    <EmptyState title={SESSION_TEXT.welcomeTitle}>
      <p>{onRecord ? SESSION_TEXT.welcomeRecord : SESSION_TEXT.welcomeElsewhere}</p>
      {onRecord && (
        <button type="button" class="primary" onClick={onRecord}>
          Record this page
        </button>
      )}
    </EmptyState>
  );
}
