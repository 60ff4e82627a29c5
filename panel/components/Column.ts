import type { ComponentChildren } from 'preact';
import type { GlossaryTerm } from '../glossary/glossaryTerm.ts';

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
  /** The glossary's term for the title, to which the head then links. */
  term?: GlossaryTerm;
  /** How many columns the row's cell covers, counting those to its right; 1 without. */
  span?(row: Row): number;
}
