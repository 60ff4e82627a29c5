import { useMemo, useState } from 'preact/hooks';
import type { Column } from './Column.ts';

/** The column that a table is sorted by. */
export interface Sorting {
  key: string;
  ascending: boolean;
}

/**
 * Rows in the order that the user chose by clicking a column's head.
 * @param initial the order at first; numbers start with the largest
 */
export function useSortedRows<Row>(
  rows: readonly Row[],
  columns: readonly Column<Row>[],
  initial: Sorting,
): { sorted: readonly Row[]; sorting: Sorting; sortBy(column: Column<Row>): void } {
  const [sorting, setSorting] = useState(initial);
  const sorted = useMemo(() => sortRows(rows, columns, sorting), [rows, columns, sorting]);
  const sortBy = ({ key, number }: Column<Row>): void =>
    setSorting((current) => ({
      key,
      ascending: current.key === key ? !current.ascending : !number,
    }));
  return { sorted, sorting, sortBy };
}

function sortRows<Row>(
  rows: readonly Row[],
  columns: readonly Column<Row>[],
  { key, ascending }: Sorting,
): readonly Row[] {
  const sortValue = columns.find((column) => column.key === key)?.sort;
  if (!sortValue) return rows;
  // Each value is computed once, not once per comparison.
  const valued = rows.map((row) => ({ row, value: sortValue(row) }));
  const sign = ascending ? 1 : -1;
  valued.sort((a, b) => sign * compareValues(a.value, b.value));
  return valued.map(({ row }) => row);
}

function compareValues(a: number | string, b: number | string): number {
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  return String(a).localeCompare(String(b));
}
