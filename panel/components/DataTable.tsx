import type { ComponentChildren, VNode } from 'preact';
import { useEffect, useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';

/** A column of a DataTable. */
export interface Column<Row> {
  key: string;
  title: string;
  /** A CSS grid track. */
  width: string;
  number?: boolean;
  cell(row: Row): ComponentChildren;
  /** What it sorts by; not sortable without. */
  sort?(row: Row): number | string;
  /** What stands in its head instead of the title, which is then only read out. */
  head?: ComponentChildren;
  /** How many columns a row's cell takes, those to its right included; 1 without. */
  span?(row: Row): number;
}

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
  empty?: string;
}

const ROW = 23;
const MARGIN = 8;

/** A sortable table of any length: only what is in sight is in the document. Arrow keys move the selection. */
export function DataTable<Row>(props: Props<Row>): VNode {
  const { label, rows, columns, keyOf, selected = null, onSelect } = props;
  const [sort, setSort] = useState({
    key: props.sortBy ?? '',
    ascending: props.ascending ?? false,
  });
  const [scroll, setScroll] = useState(0);
  const [height, setHeight] = useState(400);
  const scroller = useRef<HTMLDivElement>(null);

  useEffect(() => {
    const element = scroller.current;
    if (!element) return undefined;
    const observer = new ResizeObserver(() => setHeight(element.clientHeight));
    observer.observe(element);
    return () => observer.disconnect();
  }, []);

  const sorted = useMemo(() => {
    const by = columns.find(({ key }) => key === sort.key)?.sort;
    if (!by) return rows;
    const keyed = rows.map((row) => ({ row, by: by(row) }));
    const sign = sort.ascending ? 1 : -1;
    keyed.sort(
      (a, b) =>
        sign *
        (typeof a.by === 'number' && typeof b.by === 'number'
          ? a.by - b.by
          : String(a.by).localeCompare(String(b.by))),
    );
    return keyed.map(({ row }) => row);
  }, [rows, columns, sort]);

  const first = Math.max(0, Math.floor(scroll / ROW) - MARGIN);
  const last = Math.min(sorted.length, Math.ceil((scroll + height) / ROW) + MARGIN);
  const template = columns.map(({ width }) => width).join(' ');
  const place = sorted.findIndex((row) => keyOf(row) === selected);

  function move(event: KeyboardEvent): void {
    const page = Math.max(1, Math.floor(height / ROW) - 2);
    const steps: Record<string, number> = {
      ArrowDown: 1,
      ArrowUp: -1,
      PageDown: page,
      PageUp: -page,
      Home: -Infinity,
      End: Infinity,
    };
    const step = steps[event.key];
    if (step === undefined || !onSelect || sorted.length === 0) return;
    event.preventDefault();
    const next = Math.min(sorted.length - 1, Math.max(0, (place < 0 ? -1 : place) + step));
    onSelect(sorted[next] as Row);
  }

  // Whoever selected it, here or elsewhere: the row comes into sight. Not when new rows push it about.
  useLayoutEffect(() => {
    const element = scroller.current;
    if (!element || place < 0) return;
    const top = place * ROW;
    const visible = element.clientHeight;
    if (top < element.scrollTop) element.scrollTop = top;
    else if (top + 2 * ROW > element.scrollTop + visible)
      element.scrollTop = top + 2 * ROW - visible;
  }, [selected]);

  const header = (column: Column<Row>): VNode => {
    const current = sort.key === column.key;
    return (
      <div
        key={column.key}
        role="columnheader"
        class={column.number ? 'number' : ''}
        {...(current
          ? { 'aria-sort': sort.ascending ? ('ascending' as const) : ('descending' as const) }
          : {})}
      >
        {column.sort ? (
          <button
            type="button"
            title={`Sort by ${column.title}`}
            onClick={() =>
              setSort({ key: column.key, ascending: current ? !sort.ascending : !column.number })
            }
          >
            {column.title}
            {current ? (sort.ascending ? ' ▴' : ' ▾') : ''}
          </button>
        ) : column.head ? (
          <>
            <span class="visually-hidden">{column.title}</span>
            {column.head}
          </>
        ) : (
          column.title
        )}
      </div>
    );
  };

  return (
    <div class="table">
      <div
        class="table-scroll"
        ref={scroller}
        onScroll={(event) => setScroll(event.currentTarget.scrollTop)}
      >
        <div
          role="grid"
          aria-label={label}
          aria-rowcount={sorted.length + 1}
          tabIndex={0}
          onKeyDown={move}
          {...(place >= first && place < last
            ? { 'aria-activedescendant': `${label}-${place}`.replace(/\W/g, '-') }
            : {})}
        >
          <div role="rowgroup" class="head">
            <div role="row" aria-rowindex={1} style={{ gridTemplateColumns: template }}>
              {columns.map(header)}
            </div>
          </div>
          <div role="rowgroup" class="body" style={{ height: `${sorted.length * ROW}px` }}>
            {sorted.slice(first, last).map((row, at) => {
              const key = keyOf(row);
              return (
                <div
                  key={key}
                  role="row"
                  id={`${label}-${first + at}`.replace(/\W/g, '-')}
                  class="row"
                  aria-rowindex={first + at + 2}
                  aria-selected={key === selected}
                  style={{
                    gridTemplateColumns: template,
                    top: `${(first + at) * ROW}px`,
                    height: `${ROW}px`,
                  }}
                  onClick={() => onSelect?.(row)}
                >
                  {cellsOf(columns, row)}
                </div>
              );
            })}
          </div>
        </div>
        {sorted.length === 0 && props.empty && (
          <p class="dim" style={{ padding: '0 12px' }}>
            {props.empty}
          </p>
        )}
      </div>
    </div>
  );
}

function cellsOf<Row>(columns: readonly Column<Row>[], row: Row): VNode[] {
  const cells: VNode[] = [];
  for (let at = 0; at < columns.length; ) {
    const column = columns[at] as Column<Row>;
    const span = Math.max(1, column.span?.(row) ?? 1);
    cells.push(
      <div
        key={column.key}
        role="gridcell"
        class={column.number && span === 1 ? 'number' : ''}
        {...(span > 1 ? { 'aria-colspan': span, style: { gridColumn: `span ${span}` } } : {})}
      >
        {column.cell(row)}
      </div>,
    );
    at += span;
  }
  return cells;
}
