/** A value is not what the protocol says; the message names the field. */
export class ProtocolError extends Error {
  constructor(
    readonly field: string,
    readonly expected: string,
  ) {
    super(`${field} ${expected}`);
    this.name = 'ProtocolError';
  }
}

/** Checks a value and returns it, copied as far as it has parts. @throws ProtocolError */
export type Shape<Value> = (value: unknown, field: string) => Value;

const LONGEST_TEXT = 8192;
const LONGEST_CHUNK = 48 * 2 ** 20;
const MOST_COLUMN = 2_000_000;

function refuse(field: string, expected: string): never {
  throw new ProtocolError(field, expected);
}

export const finite: Shape<number> = (value, field) =>
  typeof value === 'number' && Number.isFinite(value)
    ? value
    : refuse(field, 'is no finite number');

export const amount: Shape<number> = (value, field) =>
  typeof value === 'number' && Number.isFinite(value) && value >= 0
    ? value
    : refuse(field, 'is no amount');

export const count: Shape<number> = (value, field) =>
  typeof value === 'number' && Number.isSafeInteger(value) && value >= 0
    ? value
    : refuse(field, 'is no count');

export const flag: Shape<boolean> = (value, field) =>
  typeof value === 'boolean' ? value : refuse(field, 'is no boolean');

/** Text; longer than any honest one is cut. */
export const text: Shape<string> = (value, field) =>
  typeof value === 'string' ? value.slice(0, LONGEST_TEXT) : refuse(field, 'is no text');

export const longText: Shape<string> = (value, field) =>
  typeof value === 'string' && value.length <= LONGEST_CHUNK
    ? value
    : refuse(field, 'is no text of at most 48 MB');

export const id: Shape<string> = (value, field) =>
  typeof value === 'string' && /^[\w-]{1,64}$/.test(value) ? value : refuse(field, 'is no id');

export const oneOf =
  <Value extends string>(values: readonly Value[]): Shape<Value> =>
  (value, field) =>
    values.includes(value as Value)
      ? (value as Value)
      : refuse(field, `is none of ${values.join(', ')}`);

export const nullable =
  <Value>(shape: Shape<Value>): Shape<Value | null> =>
  (value, field) =>
    value === null ? null : shape(value, field);

/** A field that may be missing; only within `record`. */
export const optional =
  <Value>(shape: Shape<Value>): Shape<Value | undefined> =>
  (value, field) =>
    value === undefined ? undefined : shape(value, field);

export const list =
  <Value>(shape: Shape<Value>, most: number): Shape<Value[]> =>
  (value, field) => {
    if (!Array.isArray(value) || value.length > most)
      return refuse(field, `is no list of at most ${most}`);
    return value.map((item, at) => shape(item, `${field}[${at}]`));
  };

/** An object with these fields; all others are left out. */
export const record = <Fields extends Record<string, Shape<unknown>>>(
  fields: Fields,
): Shape<{ [Key in keyof Fields]: ReturnType<Fields[Key]> }> => {
  const names = Object.keys(fields);
  return (value, field) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value))
      return refuse(field, 'is no object');
    const result: Record<string, unknown> = {};
    for (const name of names) {
      const own = Object.hasOwn(value, name) ? (value as Record<string, unknown>)[name] : undefined;
      const checked = (fields[name] as Shape<unknown>)(own, `${field}.${name}`);
      if (checked !== undefined) result[name] = checked;
    }
    return result as { [Key in keyof Fields]: ReturnType<Fields[Key]> };
  };
};

/** Columns of numbers of one length, beside single fields. */
export const columns = (
  fields: Record<string, Shape<unknown>>,
  items: Record<string, Shape<number>>,
): Shape<Record<string, unknown>> => {
  const single = record(fields);
  const shapes = Object.entries(items);
  return (value, field) => {
    const result: Record<string, unknown> = single(value, field);
    let length = -1;
    for (const [name, item] of shapes) {
      const column = Object.hasOwn(value as object, name)
        ? (value as Record<string, unknown>)[name]
        : undefined;
      if (!Array.isArray(column) || column.length > MOST_COLUMN)
        return refuse(`${field}.${name}`, 'is no column');
      if (length >= 0 && column.length !== length)
        return refuse(`${field}.${name}`, 'is of another length than the columns beside it');
      length = column.length;
      const path = `${field}.${name}`;
      for (let at = 0; at < length; at++) item(column[at], path);
      result[name] = column;
    }
    return result;
  };
};

export function parse(json: string): unknown {
  if (json.length > LONGEST_CHUNK) return refuse('text', 'is longer than 48 MB');
  try {
    return JSON.parse(json);
  } catch {
    return refuse('text', 'is no JSON');
  }
}
