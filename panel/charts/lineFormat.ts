import type { Line } from '../../src/analysis/overview/line.ts';
import { formatBytes, formatCount, formatDuration, formatShare } from '../../src/text/format.ts';

/** A value of a line, to be read. */
export function formatReading(unit: Line['unit'], value: number): string {
  switch (unit) {
    case 'bytes':
      return formatBytes(value);
    case 'share':
      return formatShare(value);
    case 'ms':
      return formatDuration(value);
    case 'per second':
      return `${formatReading('count', value)}/s`;
    case 'count':
      return value >= 1e6 ? `${(value / 1e6).toFixed(1)} M` : formatCount(value);
    default:
      return unit satisfies never;
  }
}

/** The same of a tick, which is a round number: `20 MB`, not `20.0 MB`. */
export const formatTick = (unit: Line['unit'], value: number): string =>
  formatReading(unit, value).replace(/\.0+(?= )|(\.\d*[1-9])0+(?= )/, '$1');

/** The steps between ticks that uPlot may choose from: what is counted comes in whole numbers only. */
export const tickSteps = (unit: Line['unit']): number[] | undefined =>
  unit === 'count' ? WHOLE : undefined;

const WHOLE = Array.from({ length: 12 }, (_, power) =>
  [1, 2, 5].map((step) => step * 10 ** power),
).flat();
