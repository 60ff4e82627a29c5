import { useMemo } from 'preact/hooks';
import type { NeighbourRow } from '../../../src/analysis/callersAndCallees.ts';
import { callersAndCallees } from '../../../src/analysis/callersAndCallees.ts';
import type { TreeFigures } from '../../../src/analysis/treeFigures.ts';
import type { FunctionIndex, Session, TimeRange } from '../../../src/session/model.ts';
import { formatCount } from '../../../src/text/format.ts';
import type { Column } from '../../components/Column.ts';
import { DataTable } from '../../components/DataTable.tsx';
import { estimateText } from '../../components/estimateText.tsx';
import { MiddleCut } from '../../components/MiddleCut.tsx';
import { shownName } from '../../state/shownName.ts';
import { direction } from './crossingColumns.tsx';

interface Props {
  session: Session;
  range: TimeRange | null;
  figures: TreeFigures;
  fn: FunctionIndex;
  onSelect(fn: FunctionIndex): void;
}

/** A function across the border: what it is, who calls it and whom it calls. */
export function Neighbours({ session, range, figures, fn, onSelect }: Props) {
  const neighbours = useMemo(
    () => callersAndCallees(session, fn, range, figures),
    [session, range, figures, fn],
  );
  const columns = useMemo((): Column<NeighbourRow>[] => {
    const name = (other: number): string =>
      session.functions[other]?.name ?? 'JavaScript, outside any crossing';
    return [
      {
        key: 'name',
        title: 'Function',
        width: 'minmax(130px, 1fr)',
        cell: ({ function: other }) =>
          other < 0 ? (
            <span class="dim">{name(other)}</span>
          ) : (
            <MiddleCut text={shownName(session, other)} title={name(other)} />
          ),
        sort: ({ function: other }) => name(other),
      },
      {
        key: 'calls',
        title: 'Calls',
        width: '90px',
        number: true,
        cell: ({ calls }) => formatCount(calls),
        sort: ({ calls }) => calls,
      },
      {
        key: 'total',
        title: 'Total',
        width: '138px',
        number: true,
        cell: ({ total }) => estimateText(total),
        sort: ({ total }) => total.value,
      },
    ];
  }, [session]);
  const row = session.functions[fn];
  const select = ({ function: other }: NeighbourRow): void => {
    if (other >= 0) onSelect(other);
  };
  const table = (label: string, rows: readonly NeighbourRow[], empty: string) => (
    <section aria-label={label}>
      <h2>{label}</h2>
      <DataTable
        label={label}
        rows={rows}
        columns={columns}
        keyOf={(neighbour) => neighbour.function}
        sortBy="total"
        onSelect={select}
        empty={empty}
      />
    </section>
  );
  return (
    <div class="neighbours">
      <header>
        <b>{row?.name}</b> <span class="mono">{row?.signature ?? ''}</span>{' '}
        <span class="dim">
          {direction(session, fn)}, {row?.kind === 'table' ? 'through a table, ' : ''}
          {session.modules[row?.module ?? -1]?.name}
        </span>
        {row?.notMeasured && <p class="note">Its calls were not counted: {row.notMeasured}.</p>}
      </header>
      <div class="columns">
        {table(
          'Callers',
          neighbours.callers,
          row?.notMeasured ? 'Not measured.' : 'It was not called.',
        )}
        {table(
          'Callees',
          neighbours.callees,
          row?.notMeasured ? 'Not measured.' : 'It calls nothing across the border.',
        )}
      </div>
    </div>
  );
}
