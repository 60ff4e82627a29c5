import { useMemo, useState } from 'preact/hooks';
import type { Module } from '../../../src/session/model.ts';
import { formatBytes, formatCount } from '../../../src/text/format.ts';
import { LOAD_TEXT } from '../../../src/text/panel/loadText.ts';
import type { Column } from '../../components/Column.ts';
import { DataTable } from '../../components/DataTable.tsx';
import { ShareBar } from '../../components/ShareBar.tsx';
import { tableHeight } from '../../components/tableHeight.ts';
import type { Part } from './moduleParts.ts';
import { partsOf } from './moduleParts.ts';
import { Treemap } from './Treemap.tsx';

/** Rows of the table that are in sight. */
const SHOWN = 10;

/**
 * What a module's bytes are spent on, as a treemap and as a table. A part that is selected in one
 * is selected in both.
 */
export function ModuleParts({ module }: { module: Module }) {
  const [selected, setSelected] = useState<string | null>(null);
  const parts = useMemo(() => partsOf(module), [module]);
  const total = useMemo(() => parts.reduce((sum, { size }) => sum + size, 0), [parts]);
  const columns = useMemo(() => partColumns(parts, total), [parts, total]);
  if (parts.length === 0) {
    return (
      <p class="dim note">{module.method === 'received' ? LOAD_TEXT.noBytes : LOAD_TEXT.notRead}</p>
    );
  }
  return (
    <section class="module-parts" aria-label={`Size breakdown of ${module.name}`}>
      <h2>Size breakdown: {formatBytes(total)}</h2>
      <Treemap
        parts={parts}
        total={total}
        label="Sections and largest functions"
        selected={selected}
        onSelect={setSelected}
      />
      <div class="parts-table" style={{ height: tableHeight(Math.min(parts.length, SHOWN)) }}>
        <DataTable
          label="Parts of the module"
          rows={parts}
          columns={columns}
          keyOf={({ key }) => key}
          sortBy="size"
          selected={selected}
          onSelect={({ key }) => setSelected(key)}
        />
      </div>
    </section>
  );
}

/** @param parts largest first */
function partColumns(parts: readonly Part[], total: number): Column<Part>[] {
  const most = (parts[0]?.size ?? 0) / total;
  return [
    {
      key: 'name',
      title: 'Part',
      width: 'minmax(150px, 2fr)',
      cell: ({ name }) => <span title={name}>{name}</span>,
      sort: ({ name }) => name,
    },
    {
      key: 'kind',
      title: 'Kind',
      width: '80px',
      cell: ({ kind }) => (kind === 'section' ? 'section' : 'code'),
      sort: ({ kind }) => kind,
    },
    {
      key: 'size',
      title: 'Bytes',
      width: '90px',
      number: true,
      cell: ({ size }) => formatCount(size),
      sort: ({ size }) => size,
    },
    {
      key: 'share',
      title: 'Share',
      width: '140px',
      number: true,
      cell: ({ size }) => <ShareBar share={size / total} most={most} />,
      sort: ({ size }) => size,
    },
  ];
}
