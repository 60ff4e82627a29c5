import { useMemo, useState } from 'preact/hooks';
import { loadFindings } from '../../../src/analysis/loadFindings.ts';
import type { LoadPhase } from '../../../src/analysis/loadPhases.ts';
import { loadPhases } from '../../../src/analysis/loadPhases.ts';
import { readyAfter } from '../../../src/analysis/readyAfter.ts';
import type { Module, ModuleIndex, Session } from '../../../src/session/model.ts';
import { formatBytes, formatCount, formatDuration } from '../../../src/text/format.ts';
import { loadBadge } from '../../../src/text/loadBadge.ts';
import { Badge } from '../../components/Badge.tsx';
import type { Column } from '../../components/Column.ts';
import { DataTable } from '../../components/DataTable.tsx';
import { EmptyState } from '../../components/EmptyState.tsx';
import { realmColumn } from '../../components/realmColumn.tsx';
import { scaleOfPhases, timeTicks } from '../../components/timeScale.ts';
import { PhaseLegend, TimeAxis, Waterfall } from '../../components/Waterfall.tsx';
import type { ViewProps } from '../view.ts';
import { ModuleDetails } from './ModuleDetails.tsx';

interface Row {
  index: ModuleIndex;
  module: Module;
  phases: LoadPhase[];
}

const PHASES = ['request', 'download', 'compile', 'instantiate', 'until first call'] as const;
const TICKS = 4;

/** One waterfall of all modules: where the time to running code went; and what the selected one's bytes are. */
export function LoadView({ session, range }: ViewProps) {
  const [selected, setSelected] = useState<ModuleIndex>(0);
  const rows = useMemo(
    (): Row[] =>
      session.modules
        .map((module, index) => ({ module, index, phases: loadPhases(module) }))
        .sort(
          (a, b) => (a.module.same ?? a.index) - (b.module.same ?? b.index) || a.index - b.index,
        )
        .filter(
          ({ phases }) =>
            !range || phases.some(({ from, to }) => to >= range.from && from <= range.to),
        ),
    [session, range],
  );
  const columns = useMemo(() => columnsOf(session, rows), [session, rows]);
  if (rows.length === 0) {
    return session.modules.length > 0 ? (
      <EmptyState title="No module was loaded in this range">
        <p>Clear the range to see all modules.</p>
      </EmptyState>
    ) : (
      <EmptyState title="No module was loaded">
        <p>
          The page made no WebAssembly module while it was recorded. Modules loaded before a
          recording are not measured: use Record, which reloads the page.
        </p>
      </EmptyState>
    );
  }
  const chosen = rows.find(({ index }) => index === selected) ?? (rows[0] as Row);
  return (
    <div class="load">
      <div class="table-tools">
        <span class="dim">
          {countText(rows)}
          {range ? ' in the selected range' : ''}
        </span>
        <PhaseLegend names={PHASES} />
      </div>
      <div class="load-table" style={{ height: `${(rows.length + 1) * 23 + 4}px` }}>
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

/** `3 modules, posted to 8 more realms`. */
function countText(rows: readonly Row[]): string {
  const posted = rows.filter(({ module }) => module.same !== null).length;
  const own = rows.length - posted;
  const modules = `${formatCount(own)} ${own === 1 ? 'module' : 'modules'}`;
  return posted === 0
    ? modules
    : `${modules}, posted to ${formatCount(posted)} more ${posted === 1 ? 'realm' : 'realms'}`;
}

/** The gravest note, and how many more there are: the module's details have all of them in words. */
function Notes({ module }: { module: Module }) {
  const [first, ...more] = loadFindings(module)
    .map(loadBadge)
    .sort((a, b) => GRAVITY.indexOf(a.tone) - GRAVITY.indexOf(b.tone));
  return (
    <span class="badges one-line">
      {first && <Badge {...first} />}
      {more.length > 0 && (
        <Badge
          text={`+${more.length}`}
          tone={more[0]?.tone ?? 'neutral'}
          title={more.map(({ text, title }) => `${text}: ${title}`).join('\n')}
        />
      )}
    </span>
  );
}

const GRAVITY = ['bad', 'warning', 'neutral', 'good'] as const;

function columnsOf(session: Session, rows: readonly Row[]): Column<Row>[] {
  // A module may be called long after it was loaded.
  const scale = scaleOfPhases(
    rows.flatMap(({ phases }) => phases),
    'until first call',
  ) ?? { from: 0, length: 1 };
  const ticks = timeTicks(scale, TICKS);
  return [
    {
      key: 'name',
      title: 'Module',
      width: 'minmax(120px, 1.2fr)',
      cell: ({ module }) => (
        <span
          class={module.same === null ? '' : 'posted'}
          title={module.url ?? 'no URL: made from bytes'}
        >
          {module.name}
        </span>
      ),
      sort: ({ module }) => module.name,
    },
    {
      key: 'waterfall',
      title: 'Waterfall',
      width: 'minmax(190px, 3fr)',
      head: <TimeAxis ticks={ticks} />,
      cell: ({ phases }) => <Waterfall phases={phases} scale={scale} ticks={ticks} />,
    },
    {
      key: 'ready',
      title: 'Ready after',
      width: '98px',
      number: true,
      cell: ({ module }) => formatDuration(readyAfter(module)),
      sort: ({ module }) => readyAfter(module) ?? -1,
    },
    {
      key: 'size',
      title: 'Size',
      width: '72px',
      number: true,
      cell: ({ module }) => formatBytes(module.bytes),
      sort: ({ module }) => module.bytes ?? -1,
    },
    {
      key: 'notes',
      title: 'Notes',
      width: 'minmax(84px, 3fr)',
      cell: ({ module }) => <Notes module={module} />,
    },
    ...realmColumn<Row>(session, ({ module }) => module.realm),
    {
      key: 'method',
      title: 'Loaded by',
      width: '150px',
      cell: ({ module }) => (module.same === null ? module.method : 'another realm'),
      sort: ({ module }) => module.method,
    },
  ];
}
