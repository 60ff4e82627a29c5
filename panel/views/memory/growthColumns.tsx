import type { GrowthStep } from '../../../src/analysis/growthSteps.ts';
import type { Session } from '../../../src/session/model.ts';
import { formatBytes, formatCount, formatTime } from '../../../src/text/format.ts';
import { MEMORY_TEXT } from '../../../src/text/panel/memoryText.ts';
import type { Column } from '../../components/Column.ts';
import { realmColumn } from '../../components/realmColumn.tsx';
import { memoryOwner } from './memoryOwner.ts';

/** One row per growth of a memory: when, by how much, and in which crossing. */
export function growthColumns(session: Session): Column<GrowthStep>[] {
  const memoryName = ({ memory }: GrowthStep): string =>
    `${memoryOwner(session, memory)} ${memory.name}`;
  return [
    {
      key: 'time',
      title: 'Time',
      width: '80px',
      number: true,
      cell: ({ growth }) => formatTime(growth.time),
      sort: ({ growth }) => growth.time,
    },
    {
      key: 'bytes',
      title: 'Grown by',
      width: '100px',
      number: true,
      cell: ({ bytes }) => formatBytes(bytes),
      sort: ({ bytes }) => bytes,
    },
    {
      key: 'path',
      title: 'During',
      width: 'minmax(260px, 2fr)',
      cell: (step) => <GrowthCause step={step} />,
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
      cell: (step) => <span title={memoryName(step)}>{memoryName(step)}</span>,
    },
    ...realmColumn<GrowthStep>(session, ({ memory }) => memory.realm),
  ];
}

function GrowthCause({ step: { path, growth } }: { step: GrowthStep }) {
  if (path.length === 0)
    return <span class="dim">{growth.observedLate ? MEMORY_TEXT.late : MEMORY_TEXT.outside}</span>;
  const calls = path.join(' › ');
  return <span title={calls}>{calls}</span>;
}
