import type { Contribution } from '../../../src/compare/model.ts';
import { formatCount, formatShare } from '../../../src/text/format.ts';
import { formatDifference } from '../../../src/text/formatQuantity.ts';
import type { Column } from '../../components/Column.ts';
import { DataTable } from '../../components/DataTable.tsx';
import { EmptyState } from '../../components/EmptyState.tsx';
import { MiddleCut } from '../../components/MiddleCut.tsx';

/** What contributed to a change of the times, in the order of the analysis: surest first. */
export function ExplanationTable({ explanation }: { explanation: readonly Contribution[] }) {
  if (explanation.length === 0) {
    return (
      <EmptyState title="No time surely changed">
        <p>
          Here stands which functions, modules, load phases and requests changed the times. More
          runs tell smaller changes.
        </p>
      </EmptyState>
    );
  }
  return (
    <DataTable
      label="What contributed"
      rows={explanation}
      columns={COLUMNS}
      keyOf={({ kind, id }) => `${kind} ${id}`}
    />
  );
}

const ms = (value: number): string => formatDifference(value, 'ms');

const COLUMNS: Column<Contribution>[] = [
  {
    key: 'label',
    title: 'What',
    width: 'minmax(220px, 2fr)',
    cell: ({ label }) => <MiddleCut text={label} />,
    sort: ({ label }) => label,
  },
  { key: 'kind', title: 'Kind', width: '76px', cell: ({ kind }) => kind, sort: ({ kind }) => kind },
  {
    key: 'difference',
    title: 'Difference',
    width: '100px',
    number: true,
    cell: ({ difference }) => ms(difference),
    sort: ({ difference }) => difference,
  },
  {
    key: 'interval',
    title: '95 % interval',
    width: '160px',
    number: true,
    cell: ({ interval }) => (interval ? `${ms(interval[0])} to ${ms(interval[1])}` : '–'),
  },
  {
    key: 'share',
    title: 'Share of kind',
    width: '120px',
    number: true,
    cell: ({ share }) => formatShare(share),
    sort: ({ share }) => share,
  },
  {
    key: 'count',
    title: 'Calls',
    width: '170px',
    number: true,
    cell: ({ count }) =>
      count ? `${formatCount(count.baseline)} → ${formatCount(count.candidate)}` : '–',
  },
  {
    key: 'byCount',
    title: 'By number',
    width: '120px',
    number: true,
    cell: ({ byCount }) => (byCount === null ? '–' : ms(byCount)),
    sort: ({ byCount }) => byCount ?? 0,
  },
];
