import { useMemo, useState } from 'preact/hooks';
import type { ModuleIndex } from '../../../src/session/model.ts';
import { LOAD_TEXT } from '../../../src/text/panel/loadText.ts';
import { DataTable } from '../../components/DataTable.tsx';
import { EmptyState } from '../../components/EmptyState.tsx';
import { tableHeight } from '../../components/tableHeight.ts';
import { PhaseLegend } from '../../components/Waterfall.tsx';
import type { ViewProps } from '../view.ts';
import { loadColumns } from './loadColumns.tsx';
import { loadCountText, loadRows } from './loadRows.ts';
import { ModuleDetails } from './ModuleDetails.tsx';

const PHASES = ['request', 'download', 'compile', 'instantiate', 'until first call'] as const;

/**
 * A waterfall of all modules: which phases the time until they ran was spent in. The selected one
 * is shown in detail.
 */
export function LoadView({ session, range }: ViewProps) {
  const [selected, setSelected] = useState<ModuleIndex>(0);
  const rows = useMemo(() => loadRows(session, range), [session, range]);
  const columns = useMemo(() => loadColumns(session, rows), [session, rows]);
  const chosen = rows.find(({ index }) => index === selected) ?? rows[0];
  if (!chosen) {
    const isRanged = session.modules.length > 0;
    return (
      <EmptyState title={isRanged ? LOAD_TEXT.emptyRangeTitle : LOAD_TEXT.emptyTitle}>
        <p>{isRanged ? LOAD_TEXT.emptyRange : LOAD_TEXT.empty}</p>
      </EmptyState>
    );
  }
  return (
    <div class="load">
      <div class="table-tools">
        <span class="dim">
          {loadCountText(rows)}
          {range ? ' in the selected range' : ''}
        </span>
        <PhaseLegend names={PHASES} />
      </div>
      <div class="load-table" style={{ height: tableHeight(rows.length) }}>
        <DataTable
          label="Modules"
          rows={rows}
          columns={columns}
          keyOf={({ index }) => index}
          selected={chosen.index}
          onSelect={({ index }) => setSelected(index)}
        />
      </div>
      <div class="details">
        <ModuleDetails module={chosen.module} />
      </div>
    </div>
  );
}
