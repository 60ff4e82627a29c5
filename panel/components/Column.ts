import type { ComponentChildren } from 'preact';

/** A column of a DataTable. */
export interface Column<Row> {
  key: string;
  title: string;
  /** A CSS grid track. */
  width: string;
  number?: boolean;
  cell(row: Row): ComponentChildren;
  /** The value to sort by; a column without it cannot be sorted. */
  sort?(row: Row): number | string;
  /** Replaces the title in the head; screen readers still read the title. */
  head?: ComponentChildren;
  /** How many columns the row's cell covers, counting those to its right; 1 without. */
  span?(row: Row): number;
}
