import type { RealmMemory } from '../../../src/analysis/memoryByRealm.ts';
import type { Session } from '../../../src/session/model.ts';
import { formatBytes, formatCount } from '../../../src/text/format.ts';
import type { Column } from '../../components/Column.ts';
import { realmColumn } from '../../components/realmColumn.tsx';
import { growCallsColumn } from './growCallsColumn.ts';

/** One row per realm: its heap and its memories. */
export const realmMemoryColumns = (session: Session): Column<RealmMemory>[] => [
  ...realmColumn<RealmMemory>(session, ({ realm }) => realm),
  {
    key: 'heap',
    title: 'Peak JS heap',
    term: 'peak',
    width: '138px',
    number: true,
    cell: ({ jsHeap }) => formatBytes(jsHeap),
    sort: ({ jsHeap }) => jsHeap ?? -1,
  },
  {
    key: 'linear',
    title: 'Linear memory',
    term: 'linear-memory',
    width: '148px',
    number: true,
    cell: ({ linear }) => formatBytes(linear),
    sort: ({ linear }) => linear,
  },
  {
    key: 'shared',
    title: 'Shared memory',
    width: '130px',
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
  growCallsColumn(),
];
