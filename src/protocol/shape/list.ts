import { refuse } from './protocolError.ts';
import type { Shape } from './types.ts';

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
