import type { TargetedKeyboardEvent } from 'preact';
import type { ExportFormat } from '../../../src/export/exports.ts';
import { EXPORTS } from '../../../src/export/exports.ts';
import type { SessionInfo } from '../../../src/session/model.ts';
import { SESSION_TEXT } from '../../../src/text/panel/sessionText.ts';
import { Menu } from '../../components/Menu.tsx';

/** Enter keeps the new text, Escape restores the old one. */
function leave(event: TargetedKeyboardEvent<HTMLInputElement>, before: string): void {
  if (event.key !== 'Enter' && event.key !== 'Escape') return;
  if (event.key === 'Escape') event.currentTarget.value = before;
  event.preventDefault();
  event.currentTarget.blur();
}

/**
 * The open session's name, note and export. Both texts are saved on Enter and on leaving their
 * field.
 */
export function SessionBar({
  info,
  busy,
  onChange,
  onExport,
}: {
  info: SessionInfo;
  /** Whether an import or export is running. */
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
        placeholder={SESSION_TEXT.namePlaceholder}
        defaultValue={info.name}
        maxLength={200}
        onChange={(event) => onChange({ name: event.currentTarget.value })}
        onKeyDown={(event) => leave(event, info.name)}
      />
      <input
        type="text"
        name="note"
        aria-label="Note"
        placeholder={SESSION_TEXT.notePlaceholder}
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
