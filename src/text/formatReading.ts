import type { Unit } from '../metrics/unit.ts';
import { formatCount } from './format.ts';
import { formatQuantity } from './formatQuantity.ts';

/** A value read from a chart: as a quantity, but with large counts in millions. */
export function formatReading(value: number, unit: Unit): string {
  switch (unit) {
    case 'count':
      return value >= 1e6 ? `${(value / 1e6).toFixed(1)} M` : formatCount(value);
    case 'per second':
      return `${formatReading(value, 'count')}/s`;
    default:
      return formatQuantity(value, unit);
  }
}

/** The same for a tick, which is a round number: `20 MB` instead of `20.0 MB`. */
export const formatTick = (value: number, unit: Unit): string =>
  formatReading(value, unit).replace(/\.0+(?= )|(\.\d*[1-9])0+(?= )/, '$1');
