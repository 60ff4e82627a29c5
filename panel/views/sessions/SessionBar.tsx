import { EXPORTS } from '../../../src/export/exports.ts';
import type { ExportFormat } from '../../../src/export/exports.ts';
import type { SessionInfo } from '../../../src/session/model.ts';
import { Menu } from '../../components/Menu.tsx';

/** Name, note and export of the open session. Names are kept on Enter or on leaving the field. */
export function SessionBar({ info, busy, onChange, onExport }: {
  info: SessionInfo;
  /** Whether an import or export is under way. */
  busy: boolean;
  onChange(fields: { name: string } | { note: string }): void;
  onExport(format: ExportFormat['id']): void;
}) {
  return (
    <div class="session-bar" key={info.id}>
      <input
        type="text" name="name" aria-label="Session name" placeholder="Name this session" defaultValue={info.name} maxLength={200}
        onChange={(event) => onChange({ name: event.currentTarget.value })}
      />
      <input
        type="text" name="note" aria-label="Note" placeholder="Add a note: what was done, on which build" defaultValue={info.note} maxLength={2000}
        onChange={(event) => onChange({ note: event.currentTarget.value })}
      />
      <Menu label="Export" disabled={busy} items={EXPORTS.map(({ id, label }) => ({ id, label, run: () => onExport(id) }))} />
    </div>
  );
}
