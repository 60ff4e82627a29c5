import { loadFindings } from '../../../src/analysis/loadFindings.ts';
import { loadTime } from '../../../src/analysis/loadTime.ts';
import type { Module, Session } from '../../../src/session/model.ts';
import { formatBytes, formatDuration } from '../../../src/text/format.ts';
import { loadBadge } from '../../../src/text/loadBadge.ts';
import { LOAD_TEXT } from '../../../src/text/panel/loadText.ts';
import { Badge } from '../../components/Badge.tsx';
import type { Column } from '../../components/Column.ts';
import { realmColumn } from '../../components/realmColumn.tsx';
import { scaleOfPhases, timeTicks } from '../../components/timeScale.ts';
import { TimeAxis, Waterfall } from '../../components/Waterfall.tsx';
import type { LoadRow } from './loadRows.ts';

const TICKS = 4;

/**
 * One row per module: its phases on the time scale of all, when it was ready, its size, and notes.
 */
export const loadColumns = (session: Session, rows: readonly LoadRow[]): Column<LoadRow>[] => [
  {
    key: 'name',
    title: 'Module',
    width: 'minmax(120px, 1.2fr)',
    cell: ({ module }) => (
      <span class={module.origin === null ? '' : 'posted'} title={module.url ?? LOAD_TEXT.noUrl}>
        {module.name}
      </span>
    ),
    sort: ({ module }) => module.name,
  },
  waterfallColumn(rows),
  {
    key: 'ready',
    title: 'Load time',
    term: 'load-time',
    width: '122px',
    number: true,
    cell: ({ module }) => formatDuration(loadTime(module)),
    sort: ({ module }) => loadTime(module) ?? -1,
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
  ...realmColumn<LoadRow>(session, ({ module }) => module.realm),
  {
    key: 'method',
    title: 'Loaded with',
    width: '150px',
    cell: ({ module }) => (module.origin === null ? module.method : LOAD_TEXT.otherRealm),
    sort: ({ module }) => module.method,
  },
];

function waterfallColumn(rows: readonly LoadRow[]): Column<LoadRow> {
  const phases = rows.flatMap((row) => row.phases);
  // A module may be called long after it was loaded.
  const scale = scaleOfPhases(phases, 'until first call') ?? { from: 0, length: 1 };
  const ticks = timeTicks(scale, TICKS);
  return {
    key: 'waterfall',
    title: 'Waterfall',
    width: 'minmax(190px, 3fr)',
    head: <TimeAxis ticks={ticks} />,
    cell: (row) => <Waterfall phases={row.phases} scale={scale} ticks={ticks} />,
  };
}

const SEVERITY = ['bad', 'warning', 'neutral', 'good'] as const;

/** The most severe note, and how many more there are: the module's details spell them all out. */
function Notes({ module }: { module: Module }) {
  const [first, ...more] = loadFindings(module)
    .map(loadBadge)
    .sort((a, b) => SEVERITY.indexOf(a.tone) - SEVERITY.indexOf(b.tone));
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
