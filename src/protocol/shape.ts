// The building blocks of the schema. A shape says what a value must be; its TypeScript type, its
// validation, its empty value, its JSON schema, its documentation and which of its parts are times
// all follow from it.

/** A value does not have the shape that the schema asks for; the message names the field. */
export class ProtocolError extends Error {
  constructor(
    readonly field: string,
    readonly problem: string,
  ) {
    super(`${field} ${problem}`);
    this.name = 'ProtocolError';
  }
}

/** What a number counts or measures. A `time` counts from the time origin of its realm. */
export type NumberUnit =
  | 'time'
  | 'epoch'
  | 'ms'
  | 'ms²'
  | 'bytes'
  | 'pages'
  | 'count'
  | 'id'
  | 'number';

/** What a shape is made of, for everything that is derived from the schema. */
export type Description =
  | { kind: 'number'; unit: NumberUnit; integer: boolean; minimum: number | null; table?: string }
  | { kind: 'boolean' }
  /**
   * `source`: whether the page, its modules or its user chose the words, which redaction removes.
   */
  | { kind: 'text'; longest: number; source: 'page' | 'tool' }
  | { kind: 'realm' }
  | { kind: 'choice'; values: readonly string[] }
  | { kind: 'nullable'; item: Shape<unknown> }
  | { kind: 'list'; item: Shape<unknown>; most: number }
  | { kind: 'record'; required: Fields; optional: Fields }
  | { kind: 'columns'; fields: Fields; columns: Fields };

export interface Shape<Value> {
  readonly description: Description;
  /** Whether some part of it is a time, which `shift` moves. */
  readonly hasTimes: boolean;
  /**
   * Checks a value and returns it, copied as far as it has parts.
   * @param field its path, for the message
   * @throws ProtocolError
   */
  read(value: unknown, field: string): Value;
  /**
   * The value with all of its times moved by so many milliseconds; the value itself if it has none.
   */
  shift(value: Value, by: number): Value;
  /** The value of which nothing is known yet: null, zero, '', an empty list, the first choice. */
  empty(): Value;
}

/** The type of the values that have a shape. */
export type Infer<S> = S extends Shape<infer Value> ? Value : never;

export type Fields = Readonly<Record<string, Shape<unknown>>>;

/** The longest text that is kept, in characters; what is longer is cut. */
const LONGEST_TEXT = 8192;
/** The longest JSON that is parsed, in characters. */
const LONGEST_CHUNK = 48 * 2 ** 20;
/** The most entries that a column may have. */
const MOST_ENTRIES = 2_000_000;

export function refuse(field: string, problem: string): never {
  throw new ProtocolError(field, problem);
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

const own = (value: Record<string, unknown>, name: string): unknown =>
  Object.hasOwn(value, name) ? value[name] : undefined;

interface NumberOptions {
  integer?: boolean;
  minimum?: number;
  /** Of an id: the table that it points into. */
  table?: string;
}

function numberShape(unit: NumberUnit, options: NumberOptions = {}): Shape<number> {
  const { integer = false, minimum = null, table } = options;
  const lowest = minimum ?? -Infinity;
  const problem = `must be a ${integer ? 'whole' : 'finite'} number${minimum === null ? '' : ` of at least ${minimum}`}`;
  return {
    description: { kind: 'number', unit, integer, minimum, ...(table !== undefined && { table }) },
    hasTimes: unit === 'time',
    read(value, field) {
      const isNumber = typeof value === 'number' && Number.isFinite(value) && value >= lowest;
      if (!isNumber || (integer && !Number.isSafeInteger(value))) return refuse(field, problem);
      return value;
    },
    shift: unit === 'time' ? (value, by) => value + by : (value) => value,
    empty: () => 0,
  };
}

/** A moment: ms since the realm's time origin, in a session's tables since the session's. */
export const time = numberShape('time');
/** A moment: ms since 1970. */
export const epoch = numberShape('epoch');
/** ms, at least 0. */
export const duration = numberShape('ms', { minimum: 0 });
/** ms; an estimate, which may come out below 0. */
export const estimate = numberShape('ms');
/** ms², at least 0. */
export const squaredDuration = numberShape('ms²', { minimum: 0 });
export const bytes = numberShape('bytes', { minimum: 0 });
/** Pages of 64 KiB. */
export const pages = numberShape('pages', { minimum: 0 });
/** A whole number of at least 0. */
export const count = numberShape('count', { integer: true, minimum: 0 });
/** At least 0, with a fraction. */
export const amount = numberShape('number', { minimum: 0 });
/** Any finite number. */
export const number = numberShape('number');

/** The number of a row in its realm's table. */
export const idOf = (table: string): Shape<number> =>
  numberShape('id', { integer: true, minimum: 0, table });

export const flag: Shape<boolean> = {
  description: { kind: 'boolean' },
  hasTimes: false,
  read: (value, field) =>
    typeof value === 'boolean' ? value : refuse(field, 'must be true or false'),
  shift: (value) => value,
  empty: () => false,
};

function textShape(source: 'page' | 'tool', longest: number): Shape<string> {
  return {
    description: { kind: 'text', longest, source },
    hasTimes: false,
    read: (value, field) =>
      typeof value === 'string' ? value.slice(0, longest) : refuse(field, 'must be text'),
    shift: (value) => value,
    empty: () => '',
  };
}

/**
 * Text in the words of the browser, the toolchain or Wasmscope; longer than any honest one is cut.
 */
export const text = textShape('tool', LONGEST_TEXT);
/** Text that the page, its modules or its user chose: redaction removes it. */
export const pageText = textShape('page', LONGEST_TEXT);
/** The same, for notes and names of sessions. */
export const longPageText = textShape('page', 100_000);

/** The JSON of a chunk. */
export const chunkText: Shape<string> = {
  ...textShape('page', LONGEST_CHUNK),
  read: (value, field) =>
    typeof value === 'string' && value.length <= LONGEST_CHUNK
      ? value
      : refuse(field, 'must be text of at most 48 MB'),
};

/** The random id of a realm. */
export const realmId: Shape<string> = {
  description: { kind: 'realm' },
  hasTimes: false,
  read: (value, field) =>
    typeof value === 'string' && /^[\w-]{1,64}$/.test(value)
      ? value
      : refuse(field, 'must be 1 to 64 letters, digits, _ or -'),
  shift: (value) => value,
  empty: () => '',
};

/** One of these words; the first stands for "unknown yet". */
export function oneOf<Value extends string>(first: Value, ...others: Value[]): Shape<Value> {
  const values = [first, ...others];
  return {
    description: { kind: 'choice', values },
    hasTimes: false,
    read: (value, field) =>
      values.find((known) => known === value) ??
      refuse(field, `must be one of ${values.join(', ')}`),
    shift: (value) => value,
    empty: () => first,
  };
}

export function nullable<Value>(item: Shape<Value>): Shape<Value | null> {
  return {
    description: { kind: 'nullable', item },
    hasTimes: item.hasTimes,
    read: (value, field) => (value === null ? null : item.read(value, field)),
    shift: (value, by) => (value === null ? null : item.shift(value, by)),
    empty: () => null,
  };
}

/** @param most rows that it may have */
export function list<Value>(item: Shape<Value>, most: number): Shape<Value[]> {
  return {
    description: { kind: 'list', item, most },
    hasTimes: item.hasTimes,
    read(value, field) {
      if (!Array.isArray(value) || value.length > most)
        return refuse(field, `must be a list of at most ${most} rows`);
      return value.map((row, index) => item.read(row, `${field}[${index}]`));
    },
    shift: (value, by) => (item.hasTimes ? value.map((row) => item.shift(row, by)) : value),
    empty: () => [],
  };
}

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

/** The same shape, of which values must hold to one more rule. @param check throws ProtocolError */
export function checked<Value, S extends Shape<Value>>(
  shape: S & Shape<Value>,
  check: (value: Value, field: string) => void,
): S {
  return {
    ...shape,
    read(value: unknown, field: string) {
      const read = shape.read(value, field);
      check(read, field);
      return read;
    },
  };
}

/** The same shape, which stands in for a missing value. */
export function withDefault<Value>(shape: Shape<Value>, missing: Value): Shape<Value> {
  return {
    ...shape,
    read: (value, field) => (value === undefined ? missing : shape.read(value, field)),
    empty: () => missing,
  };
}

/** The same shape, which stands in for a value that is missing or has another shape. */
export function forgiving<Value>(shape: Shape<Value>, otherwise: Value): Shape<Value> {
  return {
    ...shape,
    read(value, field) {
      try {
        return shape.read(value, field);
      } catch {
        return otherwise;
      }
    },
    empty: () => otherwise,
  };
}

/** An object with one entry for each of these names. */
export function entriesFor<Name extends string, Value>(
  names: readonly Name[],
  make: (name: Name) => Value,
): Record<Name, Value>;
export function entriesFor(
  names: readonly string[],
  make: (name: string) => unknown,
): Record<string, unknown> {
  return Object.fromEntries(names.map((name) => [name, make(name)]));
}

/** JSON of at most 48 MB. @throws ProtocolError */
export function parse(json: string): unknown {
  if (json.length > LONGEST_CHUNK) return refuse('text', 'is longer than 48 MB');
  try {
    return JSON.parse(json);
  } catch {
    return refuse('text', 'is not JSON');
  }
}
