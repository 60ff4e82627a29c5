import type { Contribution } from '../../../src/compare/model.ts';
import { formatCount, formatShare } from '../../../src/text/format.ts';
import { formatDifference } from '../../../src/text/formatQuantity.ts';
import { COMPARE_TEXT } from '../../../src/text/panel/compareText.ts';
import type { Column } from '../../components/Column.ts';
import { DataTable } from '../../components/DataTable.tsx';
import { EmptyState } from '../../components/EmptyState.tsx';
import { MiddleCut } from '../../components/MiddleCut.tsx';

/** What contributed to the changes in time, most certain first. */
export function ExplanationTable({ explanation }: { explanation: readonly Contribution[] }) {
  if (explanation.length === 0) {
    return (
      <EmptyState title={COMPARE_TEXT.unchangedTitle}>
        <p>{COMPARE_TEXT.unchanged}</p>
      </EmptyState>
    );
  }
  return (
    <DataTable
      label="Causes of changes"
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
    title: 'Cause',
    width: 'minmax(220px, 2fr)',
    cell: ({ label }) => <MiddleCut text={label} />,
    sort: ({ label }) => label,
  },
  { key: 'kind', title: 'Kind', width: '76px', cell: ({ kind }) => kind, sort: ({ kind }) => kind },
  {
    key: 'difference',
    title: 'Change',
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
    title: 'From call count',
    width: '120px',
    number: true,
    cell: ({ byCount }) => (byCount === null ? '–' : ms(byCount)),
    sort: ({ byCount }) => byCount ?? 0,
  },
];
