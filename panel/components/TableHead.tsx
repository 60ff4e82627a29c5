import { GlossaryMark } from '../glossary/GlossaryMark.tsx';
import type { Column } from './Column.ts';
import type { Sorting } from './useSortedRows.ts';

interface Props<Row> {
  columns: readonly Column<Row>[];
  /** CSS grid tracks of all columns. */
  template: string;
  sorting: Sorting;
  onSort(column: Column<Row>): void;
}

/** A table's head: each sortable column has a button that sorts by it, or reverses the order. */
export function TableHead<Row>({ columns, template, sorting, onSort }: Props<Row>) {
  return (
    <thead class="head">
      <tr aria-rowindex={1} style={{ gridTemplateColumns: template }}>
        {columns.map((column) => (
          <th
            key={column.key}
            scope="col"
            class={column.number ? 'number' : ''}
            {...ariaSort(column, sorting)}
          >
            <HeadContent column={column} sorting={sorting} onSort={onSort} />
            {column.term && <GlossaryMark term={column.term} name={column.title} />}
          </th>
        ))}
      </tr>
    </thead>
  );
}

function ariaSort<Row>({ key }: Column<Row>, sorting: Sorting) {
  if (key !== sorting.key) return {};
  return { 'aria-sort': sorting.ascending ? ('ascending' as const) : ('descending' as const) };
}

function HeadContent<Row>({
  column,
  sorting,
  onSort,
}: {
  column: Column<Row>;
  sorting: Sorting;
  onSort(column: Column<Row>): void;
}) {
  if (column.sort) {
    const arrow = sorting.ascending ? ' ▴' : ' ▾';
    return (
      <button type="button" title={`Sort by ${column.title}`} onClick={() => onSort(column)}>
        {column.title}
        {column.key === sorting.key ? arrow : ''}
      </button>
    );
  }
  if (column.head) {
    return (
      <>
        <span class="visually-hidden">{column.title}</span>
        {column.head}
      </>
    );
  }
  return <>{column.title}</>;
}
