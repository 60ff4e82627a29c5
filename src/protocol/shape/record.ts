import { isObject, own } from './isObject.ts';
import { refuse } from './protocolError.ts';
import type { Fields, Infer, Shape } from './types.ts';

/** An object of these fields, of which the optional ones may be missing. */
export type Row<Required extends Fields, Optional extends Fields> = {
  [Name in keyof Required]: Infer<Required[Name]>;
} & { [Name in keyof Optional]?: Infer<Optional[Name]> };

export interface RecordShape<Value> extends Shape<Value> {
  readonly names: readonly (keyof Value & string)[];
  /** Only the fields of this shape. */
  pick(value: Value): Value;
}

/** An object with these fields; all others are dropped. */
export function record<
  Required extends Fields,
  Optional extends Fields = Readonly<Record<never, never>>,
>(required: Required, optional?: Optional): RecordShape<Row<Required, Optional>>;
export function record(
  required: Fields,
  optional: Fields = {},
): RecordShape<Record<string, unknown>> {
  const shapes = Object.entries({ ...required, ...optional });
  const isOptional = new Set(Object.keys(optional));
  const timed = shapes.filter(([, shape]) => shape.hasTimes);
  return {
    description: { kind: 'record', required, optional },
    hasTimes: timed.length > 0,
    names: shapes.map(([name]) => name),
    read(value, field) {
      if (!isObject(value)) return refuse(field, 'must be an object');
      const row: Record<string, unknown> = {};
      for (const [name, shape] of shapes) {
        const part = own(value, name);
        if (part === undefined && isOptional.has(name)) continue;
        row[name] = shape.read(part, `${field}.${name}`);
      }
      return row;
    },
    shift(value, by) {
      if (timed.length === 0) return value;
      const moved = { ...value };
      for (const [name, shape] of timed) {
        const part = value[name];
        if (part !== undefined) moved[name] = shape.shift(part, by);
      }
      return moved;
    },
    empty: () =>
      Object.fromEntries(Object.entries(required).map(([name, shape]) => [name, shape.empty()])),
    pick: (value) =>
      Object.fromEntries(
        shapes.filter(([name]) => value[name] !== undefined).map(([name]) => [name, value[name]]),
      ),
  };
}
