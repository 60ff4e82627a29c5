import { useMemo } from 'preact/hooks';
import type { NeighbourRow } from '../../../src/analysis/callersAndCallees.ts';
import { callersAndCallees } from '../../../src/analysis/callersAndCallees.ts';
import type { TreeFigures } from '../../../src/analysis/treeFigures.ts';
import type { FunctionIndex, Session, TimeRange } from '../../../src/session/model.ts';
import { DIRECTION_LABELS } from '../../../src/text/directionLabels.ts';
import { formatCount } from '../../../src/text/format.ts';
import { CROSSING_TEXT } from '../../../src/text/panel/crossingText.ts';
import type { Column } from '../../components/Column.ts';
import { DataTable } from '../../components/DataTable.tsx';
import { estimateText } from '../../components/estimateText.tsx';
import { MiddleCut } from '../../components/MiddleCut.tsx';
import { directionOf } from '../../state/directionOf.ts';
import { shownName } from '../../state/shownName.ts';

interface Props {
  session: Session;
  range: TimeRange | null;
  figures: TreeFigures;
  fn: FunctionIndex;
  onSelect(fn: FunctionIndex): void;
}

/** A boundary function with its callers and callees. */
export function Neighbours({ session, range, figures, fn, onSelect }: Props) {
  const { callers, callees } = useMemo(
    () => callersAndCallees(session, fn, range, figures),
    [session, range, figures, fn],
  );
  const columns = useMemo(() => columnsOf(session), [session]);
  const isMeasured = (session.functions[fn]?.notMeasuredReason ?? null) === null;
  const table = (label: string, rows: readonly NeighbourRow[], empty: string) => (
    <section aria-label={label}>
      <h2>{label}</h2>
      <DataTable
        label={label}
        rows={rows}
        columns={columns}
        keyOf={(row) => row.function}
        sortBy="total"
        onSelect={(row) => {
          if (row.function >= 0) onSelect(row.function);
        }}
        empty={isMeasured ? empty : CROSSING_TEXT.noFigures}
      />
    </section>
  );
  return (
    <div class="neighbours">
      <Heading session={session} fn={fn} />
      <div class="columns">
        {table('Callers', callers, CROSSING_TEXT.noCallers)}
        {table('Callees', callees, CROSSING_TEXT.noCallees)}
      </div>
    </div>
  );
}

function Heading({ session, fn }: { session: Session; fn: FunctionIndex }) {
  const row = session.functions[fn];
  if (!row) return <header />;
  const details = [
    DIRECTION_LABELS[directionOf(row)],
    ...(row.kind === 'table' ? ['through a table'] : []),
    session.modules[row.module]?.name,
  ];
  return (
    <header>
      <b>{row.name}</b> <span class="mono">{row.signature ?? ''}</span>{' '}
      <span class="dim">{details.join(', ')}</span>
      {row.notMeasuredReason && (
        <p class="note">{CROSSING_TEXT.notCounted(row.notMeasuredReason)}</p>
      )}
    </header>
  );
}

function columnsOf(session: Session): Column<NeighbourRow>[] {
  const name = ({ function: fn }: NeighbourRow): string =>
    session.functions[fn]?.name ?? CROSSING_TEXT.outside;
  return [
    {
      key: 'name',
      title: 'Function',
      width: 'minmax(130px, 1fr)',
      cell: (row) =>
        row.function < 0 ? (
          <span class="dim">{name(row)}</span>
        ) : (
          <MiddleCut text={shownName(session, row.function)} title={name(row)} />
        ),
      sort: name,
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
      title: 'Total time',
      term: 'total-time',
      width: '138px',
      number: true,
      cell: ({ total }) => estimateText(total),
      sort: ({ total }) => total.value,
    },
  ];
}
