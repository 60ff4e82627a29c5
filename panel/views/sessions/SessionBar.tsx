import type { TargetedKeyboardEvent } from 'preact';
import type { ExportFormat } from '../../../src/export/exports.ts';
import { EXPORTS } from '../../../src/export/exports.ts';
import type { SessionInfo } from '../../../src/session/model.ts';
import { Menu } from '../../components/Menu.tsx';

/** Enter keeps what was typed, Escape what was there before. */
function leave(event: TargetedKeyboardEvent<HTMLInputElement>, before: string): void {
  if (event.key !== 'Enter' && event.key !== 'Escape') return;
  if (event.key === 'Escape') event.currentTarget.value = before;
  event.preventDefault();
  event.currentTarget.blur();
}

/** Name, note and export of the open session. Both texts are kept on Enter or on leaving their field. */
export function SessionBar({
  info,
  busy,
  onChange,
  onExport,
}: {
  info: SessionInfo;
  /** Whether an import or export is under way. */
  busy: boolean;
  onChange(fields: { name: string } | { note: string }): void;
  onExport(format: ExportFormat['id']): void;
}) {
  return (
    <div class="session-bar" key={info.id}>
      <input
        type="text"
        name="name"
        aria-label="Session name"
        placeholder="Name this session"
        defaultValue={info.name}
        maxLength={200}
        onChange={(event) => onChange({ name: event.currentTarget.value })}
        onKeyDown={(event) => leave(event, info.name)}
      />
      <input
        type="text"
        name="note"
        aria-label="Note"
        placeholder="Add a note: what was done, on which build"
        defaultValue={info.note}
        maxLength={2000}
        onChange={(event) => onChange({ note: event.currentTarget.value })}
        onKeyDown={(event) => leave(event, info.note)}
      />
      <Menu
        label="Export"
        disabled={busy}
        items={EXPORTS.map(({ id, label }) => ({ id, label, run: () => onExport(id) }))}
      />
    </div>
  );
}
