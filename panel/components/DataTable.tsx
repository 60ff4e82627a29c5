import type { RefObject } from 'preact';
import { useLayoutEffect, useState } from 'preact/hooks';
import type { Column } from './Column.ts';
import { stepInList } from './stepInList.ts';
import { TableHead } from './TableHead.tsx';
import { tableCells } from './tableCells.tsx';
import { ROW_HEIGHT as ROW } from './tableHeight.ts';
import { useSize } from './useSize.ts';
import { useSortedRows } from './useSortedRows.ts';

interface Props<Row> {
  label: string;
  rows: readonly Row[];
  columns: readonly Column<Row>[];
  keyOf(row: Row): number | string;
  selected?: number | string | null;
  onSelect?(row: Row): void;
  /** Column to sort by at first; numbers from the largest. */
  sortBy?: string;
  ascending?: boolean;
  /** Shown in place of the rows when there are none. */
  empty?: string;
}

/** Rows that are drawn above and below those in sight. */
const MARGIN = 8;
/** Rows that the head and a partly visible row take off a page. */
const NOT_PAGED = 2;

/**
 * A sortable table of any length: only the rows in sight are in the document.
 * Arrow keys, Page Up, Page Down, Home and End move the selection.
 */
export function DataTable<Row>(props: Props<Row>) {
  const { label, columns, keyOf, selected = null, onSelect } = props;
  const { sorted, sorting, sortBy } = useSortedRows(props.rows, columns, {
    key: props.sortBy ?? '',
    ascending: props.ascending ?? false,
  });
  const [scroll, setScroll] = useState(0);
  const [scroller, { height }] = useSize<HTMLDivElement>(true);
  const first = Math.max(0, Math.floor(scroll / ROW) - MARGIN);
  const last = Math.min(sorted.length, Math.ceil((scroll + height) / ROW) + MARGIN);
  const template = columns.map(({ width }) => width).join(' ');
  const index = sorted.findIndex((row) => keyOf(row) === selected);
  useScrollToRow(scroller, index, selected);

  function select(at: number | null): void {
    const row = at === null ? undefined : sorted[at];
    if (row !== undefined) onSelect?.(row);
  }
  function move(event: KeyboardEvent): void {
    const page = Math.max(1, Math.floor(height / ROW) - NOT_PAGED);
    const next = stepInList(event.key, index, sorted.length, page);
    if (next === null || !onSelect) return;
    event.preventDefault();
    select(next);
  }

  return (
    <div class="table">
      <div
        class="table-scroll"
        ref={scroller}
        onScroll={(event) => setScroll(event.currentTarget.scrollTop)}
      >
        <table
          // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: its rows can be selected; ARIA allows it
          role="grid"
          aria-label={label}
          aria-rowcount={sorted.length + 1}
          tabIndex={0}
          onKeyDown={move}
          onClick={(event) => select(rowUnder(event))}
          {...(index >= first && index < last
            ? { 'aria-activedescendant': rowId(label, index) }
            : {})}
        >
          <TableHead columns={columns} template={template} sorting={sorting} onSort={sortBy} />
          <tbody class="body" style={{ height: `${sorted.length * ROW}px` }}>
            {sorted.slice(first, last).map((row, offset) => {
              const key = keyOf(row);
              const at = first + offset;
              return (
                <tr
                  key={key}
                  id={rowId(label, at)}
                  class="row"
                  data-row={at}
                  aria-rowindex={at + 2}
                  aria-selected={key === selected}
                  style={{
                    gridTemplateColumns: template,
                    top: `${at * ROW}px`,
                    height: `${ROW}px`,
                  }}
                >
                  {tableCells(columns, row)}
                </tr>
              );
            })}
          </tbody>
        </table>
        {sorted.length === 0 && props.empty && <p class="dim note">{props.empty}</p>}
      </div>
    </div>
  );
}

const rowId = (label: string, index: number): string => `${label}-${index}`.replace(/\W/g, '-');

/** Index of the row that was clicked; null beside the rows. */
function rowUnder({ target }: Event): number | null {
  const row = target instanceof Element ? target.closest<HTMLElement>('tr[data-row]') : null;
  return row === null ? null : Number(row.dataset.row);
}

/** Scrolls a newly selected row into sight, wherever it was selected; not when new rows move it. */
function useScrollToRow(
  scroller: RefObject<HTMLElement | null>,
  index: number,
  selected: number | string | null,
): void {
  useLayoutEffect(() => {
    const element = scroller.current;
    if (!element || index < 0) return;
    const top = index * ROW;
    const visible = element.clientHeight;
    if (top < element.scrollTop) element.scrollTop = top;
    else if (top + 2 * ROW > element.scrollTop + visible)
      element.scrollTop = top + 2 * ROW - visible;
  }, [selected]);
}
