import type { SessionInfo } from '../../../src/session/model.ts';
import { countOf } from '../../../src/text/countOf.ts';
import { formatDate, formatDuration } from '../../../src/text/format.ts';
import { MiddleCut } from '../../components/MiddleCut.tsx';
import { sessionTitle } from '../../components/sessionTitle.ts';

interface Props {
  title: string;
  sessions: readonly SessionInfo[];
  chosen: readonly string[];
  /** The sessions of the other side: a session can be on one side only. */
  taken: readonly string[];
  /**
   * The change applies to what is chosen at that time: clicks may arrive before this is drawn
   * again.
   */
  onChange(change: (chosen: string[]) => string[]): void;
}

/** Chooses the sessions of one side. */
export function SidePicker({ title, sessions, chosen, taken, onChange }: Props) {
  const toggle = (id: string, on: boolean): void =>
    onChange((now) => [...now.filter((other) => other !== id), ...(on ? [id] : [])]);
  return (
    <fieldset class="side">
      <legend>
        {title}: {countOf(chosen.length, 'session')}
      </legend>
      {sessions.map(({ id, name, page, started, ended }) => (
        <label key={id} class="check">
          <input
            type="checkbox"
            checked={chosen.includes(id)}
            disabled={taken.includes(id)}
            onChange={(event) => toggle(id, event.currentTarget.checked)}
          />
          <MiddleCut text={sessionTitle({ name, page })} title={page} />{' '}
          <span>
            {formatDate(started)}
            {ended !== null && `, recorded for ${formatDuration(Math.max(ended - started, 0))}`}
          </span>
        </label>
      ))}
    </fieldset>
  );
}
