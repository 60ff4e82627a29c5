import { formatCount } from '../../../src/text/format.ts';
import type { Column } from '../../components/Column.ts';

/** How often memory grew, for rows that count it. */
export const growCallsColumn = <Row extends { growths: number }>(): Column<Row> => ({
  key: 'growths',
  title: 'Grow calls',
  term: 'grow-call',
  width: '120px',
  number: true,
  cell: ({ growths }) => formatCount(growths),
  sort: ({ growths }) => growths,
});
