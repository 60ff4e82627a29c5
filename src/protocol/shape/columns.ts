import { isObject, own } from './isObject.ts';
import { time } from './numbers.ts';
import { refuse } from './protocolError.ts';
import { record } from './record.ts';
import type { Fields, Infer, Shape } from './types.ts';

/** The most entries that a column may have. */
const MOST_ENTRIES = 2_000_000;

export type ColumnFields = Readonly<Record<string, Shape<number>>>;

export interface ColumnsShape<Value, Column> extends Shape<Value> {
  readonly columnNames: readonly Column[];
}

/** Columns of numbers, all of one length, beside single fields. */
export function columns<Single extends Fields, Columns extends ColumnFields>(
  fields: Single,
  items: Columns,
): ColumnsShape<
  { [Name in keyof Single]: Infer<Single[Name]> } & { [Name in keyof Columns]: number[] },
  keyof Columns & string
>;
export function columns(
  fields: Fields,
  items: ColumnFields,
): ColumnsShape<Record<string, unknown>, string> {
  const single = record(fields);
  const shapes = Object.entries(items);
  const timed = shapes.filter(([, shape]) => shape.hasTimes);
  return {
    description: { kind: 'columns', fields, columns: items },
    hasTimes: single.hasTimes || timed.length > 0,
    columnNames: shapes.map(([name]) => name),
    read(value, field) {
      const table: Record<string, unknown> = single.read(value, field);
      let length: number | null = null;
      for (const [name, shape] of shapes) {
        const path = `${field}.${name}`;
        const column = readColumn(isObject(value) ? own(value, name) : undefined, shape, path);
        length ??= column.length;
        if (column.length !== length) return refuse(path, 'must be as long as the other columns');
        table[name] = column;
      }
      return table;
    },
    shift(value, by) {
      const moved: Record<string, unknown> = { ...value, ...single.shift(value, by) };
      for (const [name] of timed) moved[name] = shifted(value[name], by);
      return moved;
    },
    empty: () => ({
      ...single.empty(),
      ...Object.fromEntries(shapes.map(([name]) => [name, []])),
    }),
  };
}

function readColumn(value: unknown, shape: Shape<number>, path: string): readonly unknown[] {
  if (!Array.isArray(value) || value.length > MOST_ENTRIES)
    return refuse(path, `must be a list of at most ${MOST_ENTRIES} numbers`);
  // Not by forEach, which passes over holes.
  for (let index = 0; index < value.length; index++) shape.read(value[index], path);
  return value;
}

const shifted = (column: unknown, by: number): unknown =>
  Array.isArray(column) ? column.map((moment) => time.shift(moment, by)) : column;
