import type { MemoryFigures } from '../../../src/analysis/memoryFigures.ts';
import type { Memory, Session } from '../../../src/session/model.ts';
import { countOf } from '../../../src/text/countOf.ts';
import { formatBytes, formatCount } from '../../../src/text/format.ts';
import type { Column } from '../../components/Column.ts';
import { realmColumn } from '../../components/realmColumn.tsx';
import { growCallsColumn } from './growCallsColumn.ts';
import { memoryOwner } from './memoryOwner.ts';

/** One row per memory: whose it is, and its size at the start, now and at most. */
export const memoryColumns = (session: Session): Column<MemoryFigures>[] => [
  {
    key: 'module',
    title: 'Module',
    width: 'minmax(124px, 1fr)',
    cell: ({ memory }) => {
      const owner = memoryOwner(session, memory);
      return <span title={owner}>{owner}</span>;
    },
    sort: ({ memory }) => memoryOwner(session, memory),
  },
  {
    key: 'name',
    title: 'Memory',
    width: 'minmax(94px, 140px)',
    cell: ({ memory }) => <span title={memory.name}>{memory.name}</span>,
    sort: ({ memory }) => memory.name,
  },
  ...realmColumn<MemoryFigures>(session, ({ memory }) => memory.realm),
  {
    key: 'kind',
    title: 'Kind',
    width: 'minmax(92px, 210px)',
    cell: ({ memory }) => kindText(memory),
  },
  {
    key: 'bytes',
    title: 'Size',
    width: '84px',
    number: true,
    cell: ({ bytes }) => formatBytes(bytes),
    sort: ({ bytes }) => bytes,
  },
  {
    key: 'initial',
    title: 'Initial (pages)',
    width: '126px',
    number: true,
    cell: ({ memory }) => formatCount(memory.initialPages),
    sort: ({ memory }) => memory.initialPages,
  },
  {
    key: 'pages',
    title: 'Current (pages)',
    width: '134px',
    number: true,
    cell: ({ pages }) => formatCount(pages),
    sort: ({ pages }) => pages,
  },
  {
    key: 'maximum',
    title: 'Maximum (pages)',
    width: '144px',
    number: true,
    cell: ({ memory }) =>
      memory.maximumPages === null ? 'none' : formatCount(memory.maximumPages),
    sort: ({ memory }) => memory.maximumPages ?? Infinity,
  },
  growCallsColumn(),
];

/**
 * `imported, shared with 3 realms`; a shared memory has one row, in the realm that had it first.
 */
function kindText({ kind, shared, sharedWith, address }: Memory): string {
  const realms = sharedWith.length;
  return [
    kind,
    ...(shared ? [realms === 0 ? 'shared' : `shared with ${countOf(realms, 'realm')}`] : []),
    ...(address === 'i64' ? ['64-bit'] : []),
  ].join(', ');
}
