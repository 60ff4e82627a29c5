import { refuse } from './protocolError.ts';
import type { Shape } from './types.ts';

export const flag: Shape<boolean> = {
  description: { kind: 'boolean' },
  hasTimes: false,
  read: (value, field) =>
    typeof value === 'boolean' ? value : refuse(field, 'must be true or false'),
  shift: (value) => value,
  empty: () => false,
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
