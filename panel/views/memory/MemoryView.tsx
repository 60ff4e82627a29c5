import { useMemo } from 'preact/hooks';
import type { GrowthStep } from '../../../src/analysis/growthSteps.ts';
import { growthSteps } from '../../../src/analysis/growthSteps.ts';
import type { RealmMemory } from '../../../src/analysis/memoryByRealm.ts';
import { memoryByRealm } from '../../../src/analysis/memoryByRealm.ts';
import type { MemoryFigures } from '../../../src/analysis/memoryFigures.ts';
import { memoryFigures } from '../../../src/analysis/memoryFigures.ts';
import type { Memory } from '../../../src/session/model.ts';
import { formatBytes, formatCount, formatTime } from '../../../src/text/format.ts';
import { SessionCharts } from '../../charts/SessionCharts.tsx';
import type { Column } from '../../components/Column.ts';
import { DataTable } from '../../components/DataTable.tsx';
import { EmptyState } from '../../components/EmptyState.tsx';
import { realmColumn } from '../../components/realmColumn.tsx';
import type { ViewProps } from '../view.ts';

/** A shared memory is one row, of the realm that had it first. */
function sharing({ shared, sharedWith }: Memory): string {
  if (!shared) return '';
  return sharedWith.length === 0
    ? ', shared'
    : `, shared with ${formatCount(sharedWith.length)} ${sharedWith.length === 1 ? 'realm' : 'realms'}`;
}

const CHARTS = ['linearMemory', 'jsHeap', 'workersHeap'] as const;

/** Room for this many rows, and for a bar that scrolls them sideways. */
const heightOf = (rows: number) => ({ height: `${(rows + 1) * 23 + 16}px` });

/** Linear memories and the JavaScript heap, how the memories grew, and during which crossing. */
export function MemoryView({ session, range, onRange }: ViewProps) {
  const steps = useMemo(() => growthSteps(session, range), [session, range]);
  const figures = useMemo(() => memoryFigures(session), [session]);
  if (session.memories.length === 0) {
    return (
      <EmptyState title="No linear memory was seen">
        <p>
          A memory shows here once a module that was loaded during the recording imports or exports
          one. Use Record, which reloads the page, so that no module is missed.
        </p>
      </EmptyState>
    );
  }
  const realms = session.realms.length > 1 ? memoryByRealm(session) : [];
  const moduleName = (module: number | null): string =>
    module === null ? 'the page' : (session.modules[module]?.name ?? '');
  const memoryColumns: Column<MemoryFigures>[] = [
    {
      key: 'module',
      title: 'Module',
      width: 'minmax(120px, 1fr)',
      cell: ({ memory }) => (
        <span title={moduleName(memory.module)}>{moduleName(memory.module)}</span>
      ),
      sort: ({ memory }) => moduleName(memory.module),
    },
    {
      key: 'name',
      title: 'Memory',
      width: 'minmax(110px, 140px)',
      cell: ({ memory }) => <span title={memory.name}>{memory.name}</span>,
      sort: ({ memory }) => memory.name,
    },
    ...realmColumn<MemoryFigures>(session, ({ memory }) => memory.realm),
    {
      key: 'kind',
      title: 'Kind',
      width: 'minmax(120px, 210px)',
      cell: ({ memory }) =>
        `${memory.kind}${sharing(memory)}${memory.address === 'i64' ? ', 64-bit' : ''}`,
    },
    {
      key: 'initial',
      title: 'At first, pages',
      width: '124px',
      number: true,
      cell: ({ memory }) => formatCount(memory.initialPages),
      sort: ({ memory }) => memory.initialPages,
    },
    {
      key: 'pages',
      title: 'Pages',
      width: '80px',
      number: true,
      cell: ({ pages }) => formatCount(pages),
      sort: ({ pages }) => pages,
    },
    {
      key: 'bytes',
      title: 'Bytes',
      width: '90px',
      number: true,
      cell: ({ bytes }) => formatBytes(bytes),
      sort: ({ pages }) => pages,
    },
    {
      key: 'maximum',
      title: 'Maximum, pages',
      width: '140px',
      number: true,
      cell: ({ memory }) =>
        memory.maximumPages === null ? 'none' : formatCount(memory.maximumPages),
      sort: ({ memory }) => memory.maximumPages ?? Infinity,
    },
    {
      key: 'growths',
      title: 'Growths',
      width: '84px',
      number: true,
      cell: ({ growths }) => formatCount(growths),
      sort: ({ growths }) => growths,
    },
  ];
  const realmColumns: Column<RealmMemory>[] = [
    ...realmColumn<RealmMemory>(session, ({ realm }) => realm),
    {
      key: 'heap',
      title: 'JS heap, at most',
      width: '140px',
      number: true,
      cell: ({ jsHeap }) => formatBytes(jsHeap),
      sort: ({ jsHeap }) => jsHeap ?? -1,
    },
    {
      key: 'linear',
      title: 'Linear memory',
      width: '140px',
      number: true,
      cell: ({ linear }) => formatBytes(linear),
      sort: ({ linear }) => linear,
    },
    {
      key: 'shared',
      title: 'Of it shared',
      width: '120px',
      number: true,
      cell: ({ shared }) => formatBytes(shared),
      sort: ({ shared }) => shared,
    },
    {
      key: 'memories',
      title: 'Memories',
      width: '90px',
      number: true,
      cell: ({ memories }) => formatCount(memories),
      sort: ({ memories }) => memories,
    },
    {
      key: 'growths',
      title: 'Growths',
      width: '90px',
      number: true,
      cell: ({ growths }) => formatCount(growths),
      sort: ({ growths }) => growths,
    },
  ];
  const stepColumns: Column<GrowthStep>[] = [
    {
      key: 'at',
      title: 'Time',
      width: '80px',
      number: true,
      cell: ({ growth }) => formatTime(growth.at),
      sort: ({ growth }) => growth.at,
    },
    {
      key: 'by',
      title: 'Grown by',
      width: '100px',
      number: true,
      cell: ({ bytes }) => formatBytes(bytes),
      sort: ({ bytes }) => bytes,
    },
    {
      key: 'who',
      title: 'During',
      width: 'minmax(260px, 2fr)',
      cell: ({ path, growth }) =>
        path.length > 0 ? (
          <span title={path.join(' › ')}>{path.join(' › ')}</span>
        ) : (
          <span class="dim">
            {growth.late ? 'seen later, between crossings' : 'script outside any crossing'}
          </span>
        ),
      sort: ({ path }) => path.join(),
    },
    {
      key: 'pages',
      title: 'Pages',
      width: '120px',
      number: true,
      cell: ({ growth }) => `${formatCount(growth.fromPages)} → ${formatCount(growth.toPages)}`,
      sort: ({ growth }) => growth.toPages,
    },
    {
      key: 'memory',
      title: 'Memory',
      width: '160px',
      cell: ({ memory }) => (
        <span title={`${moduleName(memory.module)} ${memory.name}`}>
          {moduleName(memory.module)} {memory.name}
        </span>
      ),
    },
    ...realmColumn<GrowthStep>(session, ({ memory }) => memory.realm),
  ];
  return (
    <div class="memory">
      <div class="charts">
        <SessionCharts session={session} range={range} onRange={onRange} only={CHARTS} />
      </div>
      {realms.length > 1 && (
        <div class="memory-table" style={heightOf(realms.length)}>
          <DataTable
            label="Memory by realm"
            rows={realms}
            columns={realmColumns}
            keyOf={({ realm }) => realm}
            sortBy="linear"
          />
        </div>
      )}
      <div class="memory-table" style={heightOf(figures.length)}>
        <DataTable
          label="Memories"
          rows={figures}
          columns={memoryColumns}
          keyOf={({ memory }) => session.memories.indexOf(memory)}
          sortBy="bytes"
        />
      </div>
      <div class="details table">
        <h2>
          {formatCount(steps.length)} growth {steps.length === 1 ? 'step' : 'steps'}
          {range ? ' in the selected range' : ''}
        </h2>
        <DataTable
          label="Growth steps"
          rows={steps}
          columns={stepColumns}
          keyOf={(step) => `${step.growth.memory} ${step.growth.at} ${step.growth.toPages}`}
          sortBy="at"
          ascending
          empty={
            range ? 'The memory did not grow in the selected range.' : 'The memory did not grow.'
          }
        />
      </div>
    </div>
  );
}
