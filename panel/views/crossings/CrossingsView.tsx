import { useMemo, useState } from 'preact/hooks';
import { copiedBytes } from '../../../src/analysis/copiedBytes.ts';
import type { CrossingRow } from '../../../src/analysis/crossingTable.ts';
import type { FunctionIndex } from '../../../src/session/model.ts';
import { formatBytes, formatCount } from '../../../src/text/format.ts';
import { CROSSING_TEXT } from '../../../src/text/panel/crossingText.ts';
import { DataTable } from '../../components/DataTable.tsx';
import { EmptyState } from '../../components/EmptyState.tsx';
import { figuresOf } from '../../state/figuresOf.ts';
import type { ViewProps } from '../view.ts';
import { CrossingFilters } from './CrossingFilters.tsx';
import { crossingColumns } from './crossingColumns.tsx';
import { Neighbours } from './Neighbours.tsx';
import type { CrossingFilter } from './shownCrossings.ts';
import { shownCrossings } from './shownCrossings.ts';

const UNFILTERED: CrossingFilter = { text: '', direction: 'both', onlyCalled: true };

/** A table of all boundary functions, and the callers and callees of the selected one. */
export function CrossingsView({ session, range }: ViewProps) {
  const [filter, setFilter] = useState(UNFILTERED);
  const [selected, setSelected] = useState<FunctionIndex | null>(null);
  const { tree, crossings } = figuresOf(session, range);
  const { rows, hidden } = useMemo(
    () => shownCrossings(session, crossings, filter),
    [session, crossings, filter],
  );
  const columns = useMemo(() => crossingColumns(session, crossings), [session, crossings]);
  if (session.functions.length === 0) {
    return (
      <EmptyState title={CROSSING_TEXT.emptyTitle}>
        <p>{CROSSING_TEXT.empty}</p>
      </EmptyState>
    );
  }
  const copied = session.info.settings.copies ? copiedBytes(session, range).at(-1) : undefined;
  return (
    <div class={selected === null ? 'split unselected' : 'split'}>
      <div class="table">
        <div class="table-tools">
          <CrossingFilters filter={filter} hidden={hidden} onChange={setFilter} />
          <span class="dim">
            {countText(rows, crossings)}; {CROSSING_TEXT.interval}
            {copied !== undefined && `; ${formatBytes(copied)} copied outside crossings`}
          </span>
        </div>
        <DataTable
          label="Boundary functions"
          rows={rows}
          columns={columns}
          keyOf={(row) => row.function}
          sortBy="self"
          selected={selected}
          onSelect={(row) => setSelected(row.function)}
          empty={
            hidden > 0 ? CROSSING_TEXT.noneCalled(hidden, range !== null) : CROSSING_TEXT.noMatch
          }
        />
      </div>
      <div class="details">
        {selected === null ? (
          <p class="dim note">{CROSSING_TEXT.select}</p>
        ) : (
          <Neighbours
            session={session}
            range={range}
            figures={tree}
            fn={selected}
            onSelect={setSelected}
          />
        )}
      </div>
    </div>
  );
}

function countText(shown: readonly CrossingRow[], all: readonly CrossingRow[]): string {
  const calls = shown.reduce((sum, row) => sum + row.calls, 0);
  return `${formatCount(shown.length)} of ${formatCount(all.length)} functions, ${formatCount(calls)} calls`;
}
