import type { Unit } from '../metrics/unit.ts';
import { formatBytes, formatCount, formatDuration, formatRate, formatShare } from './format.ts';

/** A figure with its unit, e.g. `644 kB`. */
export function formatQuantity(value: number, unit: Unit): string {
  switch (unit) {
    case 'bytes':
      return formatBytes(value);
    case 'ms':
      return formatDuration(value);
    case 'ns':
      return formatDuration(value * 1e-6);
    case 'pages':
      return `${formatCount(value)} pages`;
    case 'count':
      return formatCount(value);
    case 'per second':
      return formatRate(value);
    case 'factor':
      return `${value.toPrecision(3)}×`;
    case 'share':
      return formatShare(value);
    case 'score':
      return value.toPrecision(2);
    default:
      return unit satisfies never;
  }
}

/** A difference with its sign and unit, e.g. `−1.20 ms`. */
export const formatDifference = (value: number, unit: Unit): string =>
  value === 0 ? '0' : `${value < 0 ? '−' : '+'}${formatQuantity(Math.abs(value), unit)}`;
