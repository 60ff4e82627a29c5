import { useMemo, useState } from 'preact/hooks';
import type { Module } from '../../../src/session/model.ts';
import { formatBytes, formatCount } from '../../../src/text/format.ts';
import type { Column } from '../../components/Column.ts';
import { DataTable } from '../../components/DataTable.tsx';
import { ShareBar } from '../../components/ShareBar.tsx';
import type { Part } from './moduleParts.ts';
import { partsOf } from './moduleParts.ts';
import { Treemap } from './Treemap.tsx';

/** What a module's bytes are: a treemap, and the same as a table. What is selected in one is in the other. */
export function ModuleParts({ module }: { module: Module }) {
  const [selected, setSelected] = useState<string | null>(null);
  const parts = useMemo(() => partsOf(module), [module]);
  const total = useMemo(() => parts.reduce((sum, { size }) => sum + size, 0), [parts]);
  const columns = useMemo((): Column<Part>[] => {
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
  }, [parts, total]);
  if (parts.length === 0) {
    return (
      <p class="dim note">
        {module.method === 'received'
          ? 'Its bytes are not known: the module came from elsewhere or from before the recording.'
          : 'Its bytes were not read: it streamed into the engine. They are read from the browser’s cache when the recording is stopped, if it has them.'}
      </p>
    );
  }
  return (
    <section class="module-parts" aria-label={`Bytes of ${module.name}`}>
      <h2>Where its {formatBytes(total)} are</h2>
      <Treemap
        parts={parts}
        total={total}
        label="Sections and largest functions"
        selected={selected}
        onSelect={setSelected}
      />
      <div class="parts-table" style={{ height: `${Math.min(parts.length + 1, 11) * 23 + 4}px` }}>
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
