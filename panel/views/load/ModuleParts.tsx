import { useMemo } from 'preact/hooks';
import type { Module } from '../../../src/session/model.ts';
import { DataTable } from '../../components/DataTable.tsx';
import { formatBytes, formatCount, formatShare } from '../../components/format.ts';
import { treemap } from './treemap.ts';

interface Part {
  key: string;
  name: string;
  kind: 'section' | 'function';
  size: number;
}

/** Sections, the code section by its largest functions. */
function partsOf(module: Module): Part[] {
  const parts: Part[] = [];
  for (const [at, { id, name, size }] of (module.sections ?? []).entries()) {
    if (id !== 10 || !module.bodies) {
      parts.push({ key: `s${at}`, name, kind: 'section', size });
      continue;
    }
    let rest = size;
    for (const body of module.bodies) {
      rest -= body.size;
      parts.push({ key: `f${body.index}`, name: body.name ?? `function ${body.index}`, kind: 'function', size: body.size });
    }
    if (rest > 0) parts.push({ key: 'rest', name: `${formatCount((module.bodyCount ?? 0) - module.bodies.length)} smaller functions`, kind: 'function', size: rest });
  }
  return parts.filter(({ size }) => size > 0).sort((a, b) => b.size - a.size);
}

const WIDTH = 1000;
const HEIGHT = 240;

/** What a module's bytes are: a treemap, and the same as a table. */
export function ModuleParts({ module }: { module: Module }) {
  const parts = useMemo(() => partsOf(module), [module]);
  if (parts.length === 0) {
    return <p class="dim" style={{ padding: '8px 12px' }}>The bytes of {module.name} were not read: it streamed into the engine, and they are read from the browser’s cache only when a recording is stopped.</p>;
  }
  const total = parts.reduce((sum, { size }) => sum + size, 0);
  const boxes = treemap(parts.map(({ size }) => size), WIDTH, HEIGHT);
  return (
    <section aria-label={`Bytes of ${module.name}`}>
      <h2>Bytes of {module.name}: {formatBytes(total)}</h2>
      <div class="treemap" role="img" aria-label={`Treemap of ${parts.length} parts; the table below has the same figures`}>
        {parts.map((part, at) => {
          const box = boxes[at];
          if (!box || box.width < 2 || box.height < 2) return null;
          return (
            <span
              key={part.key} class={part.kind} title={`${part.name}: ${formatBytes(part.size)}, ${formatShare(part.size / total)}`}
              style={{
                left: `${(box.x / WIDTH) * 100}%`, width: `${(box.width / WIDTH) * 100}%`,
                top: `${(box.y / HEIGHT) * 100}%`, height: `${(box.height / HEIGHT) * 100}%`,
              }}
            >
              {box.width > 40 && box.height > 16 ? part.name : ''}
            </span>
          );
        })}
      </div>
      <div style={{ height: '260px' }}>
        <DataTable
          label="Parts of the module" rows={parts} keyOf={({ key }) => key} sortBy="size"
          columns={[
            { key: 'name', title: 'Part', width: 'minmax(240px, 2fr)', cell: ({ name }) => <span title={name}>{name}</span>, sort: ({ name }) => name },
            { key: 'kind', title: 'Kind', width: '90px', cell: ({ kind }) => kind, sort: ({ kind }) => kind },
            { key: 'size', title: 'Bytes', width: '110px', number: true, cell: ({ size }) => formatCount(size), sort: ({ size }) => size },
            { key: 'share', title: 'Share', width: '160px', number: true, cell: ({ size }) => <><i class="bar" style={{ width: `${(size / total) * 90}px` }} /> {formatShare(size / total)}</>, sort: ({ size }) => size },
          ]}
        />
      </div>
    </section>
  );
}
