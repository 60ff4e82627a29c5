import type { Shape } from './types.ts';

export function nullable<Value>(item: Shape<Value>): Shape<Value | null> {
  return {
    description: { kind: 'nullable', item },
    hasTimes: item.hasTimes,
    read: (value, field) => (value === null ? null : item.read(value, field)),
    shift: (value, by) => (value === null ? null : item.shift(value, by)),
    empty: () => null,
  };
}

/** The same shape with one more rule for its values. @param check throws ProtocolError */
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

/** The same shape with a default for a missing value. */
export function withDefault<Value>(shape: Shape<Value>, missing: Value): Shape<Value> {
  return {
    ...shape,
    read: (value, field) => (value === undefined ? missing : shape.read(value, field)),
    empty: () => missing,
  };
}

/** The same shape with a default for a value that is missing or has another shape. */
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
