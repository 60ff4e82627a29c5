import { refuse } from './protocolError.ts';
import type { NumberUnit, Shape } from './types.ts';

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
