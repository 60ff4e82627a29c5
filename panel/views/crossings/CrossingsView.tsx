import { useMemo, useState } from 'preact/hooks';
import { copiedBytes } from '../../../src/analysis/copiedBytes.ts';
import type { FunctionIndex } from '../../../src/session/model.ts';
import { formatBytes, formatCount } from '../../../src/text/format.ts';
import { DataTable } from '../../components/DataTable.tsx';
import { EmptyState } from '../../components/EmptyState.tsx';
import { figuresOf } from '../../state/figuresOf.ts';
import type { ViewProps } from '../view.ts';
import { crossingColumns } from './crossingColumns.tsx';
import { Neighbours } from './Neighbours.tsx';
import type { Direction } from './shownCrossings.ts';
import { shownCrossings } from './shownCrossings.ts';

/** One row a boundary function, and the callers and callees of the selected one. */
export function CrossingsView({ session, range }: ViewProps) {
  const [text, setText] = useState('');
  const [way, setWay] = useState<Direction>('both');
  const [called, setCalled] = useState(true);
  const [selected, setSelected] = useState<FunctionIndex | null>(null);
  const { tree: figures, crossings: all } = figuresOf(session, range);
  const { rows, hidden } = useMemo(
    () => shownCrossings(session, all, { text, way, called }),
    [session, all, text, way, called],
  );
  const columns = useMemo(() => crossingColumns(session, all), [session, all]);
  const calls = useMemo(() => rows.reduce((sum, row) => sum + row.calls, 0), [rows]);

  if (session.functions.length === 0) {
    return (
      <EmptyState title="No calls across the border">
        <p>
          No module with imports or exports was instantiated while this was recorded. Use Record,
          which reloads the page, so that the agent is there before the page’s first script.
        </p>
      </EmptyState>
    );
  }
  return (
    <div class={selected === null ? 'split unselected' : 'split'}>
      <div class="table">
        <div class="table-tools">
          <input
            type="search"
            aria-label="Filter functions"
            placeholder="Filter by function or module"
            value={text}
            onInput={(event) => setText(event.currentTarget.value)}
          />
          <select
            aria-label="Direction"
            value={way}
            onChange={(event) => setWay(event.currentTarget.value as Direction)}
          >
            <option value="both">Both directions</option>
            <option value="in">JS → wasm</option>
            <option value="out">wasm → JS</option>
          </select>
          <label class="check" title="Leave out functions that were measured and not called">
            <input
              type="checkbox"
              checked={called}
              onChange={(event) => setCalled(event.currentTarget.checked)}
            />
            Only called{hidden > 0 && ` (${formatCount(hidden)} hidden)`}
          </label>
          <span class="dim">
            {formatCount(rows.length)} of {formatCount(all.length)} functions, {formatCount(calls)}{' '}
            calls; ± is the 95 % interval
            {session.info.settings.copies &&
              `; ${formatBytes(copiedBytes(session, range).at(-1) ?? 0)} copied outside crossings`}
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
            hidden > 0
              ? `None of the ${formatCount(hidden)} functions was called${range ? ' in the selected range' : ''}. Clear “Only called” to see them.`
              : 'No function matches the filter.'
          }
        />
      </div>
      <div class="details">
        {selected === null ? (
          <p class="dim note">
            Select a function to see its callers and callees across the border.
          </p>
        ) : (
          <Neighbours
            session={session}
            range={range}
            figures={figures}
            fn={selected}
            onSelect={setSelected}
          />
        )}
      </div>
    </div>
  );
}
