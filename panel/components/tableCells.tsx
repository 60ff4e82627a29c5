import type { VNode } from 'preact';
import type { Column } from './Column.ts';

/** The cells of a row. A function and no component, as tables have hundreds of rows. */
export function tableCells<Row>(columns: readonly Column<Row>[], row: Row): VNode[] {
  const cells: VNode[] = [];
  let covered = 0;
  for (const column of columns) {
    if (covered > 0) {
      covered--;
      continue;
    }
    const span = Math.max(1, column.span?.(row) ?? 1);
    covered = span - 1;
    cells.push(
      <td
        key={column.key}
        class={column.number && span === 1 ? 'number' : ''}
        {...(span > 1 ? { colspan: span, style: { gridColumn: `span ${span}` } } : {})}
      >
        {column.cell(row)}
      </td>,
    );
  }
  return cells;
}
