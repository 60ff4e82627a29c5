import { formatBytes, formatCount, formatDuration } from './format.ts';

/** What a figure counts in: bytes, ms, a number of things, a ratio, or nothing (CLS). */
export type Unit = 'bytes' | 'ms' | 'count' | 'factor' | 'score';

const SIZES: Record<Unit, Record<string, number>> = {
  bytes: {
    B: 1,
    kB: 1e3,
    KB: 1e3,
    MB: 1e6,
    GB: 1e9,
    KiB: 2 ** 10,
    MiB: 2 ** 20,
    GiB: 2 ** 30,
    pages: 65536,
  },
  ms: { ns: 1e-6, µs: 1e-3, us: 1e-3, ms: 1, s: 1000 },
  count: { '': 1, k: 1e3, M: 1e6 },
  factor: { '': 1, '×': 1, x: 1 },
  score: { '': 1 },
};

/** For messages: what a value of this unit looks like. */
export const EXAMPLES: Record<Unit, string> = {
  bytes: 'a size such as "5 MB"',
  ms: 'a time such as "800 ms"',
  count: 'a number such as 40',
  factor: 'a factor such as 2',
  score: 'a number such as 0.1',
};

/** `"5 MB"` in bytes, `"1.5 s"` in ms, 40 as it is; null for what is none of the unit. */
export function readQuantity(value: unknown, unit: Unit): number | null {
  if (typeof value === 'number') return Number.isFinite(value) && value >= 0 ? value : null;
  if (typeof value !== 'string') return null;
  const [, number, suffix = ''] = /^\s*(\d+(?:\.\d+)?)\s*(\S*)\s*$/.exec(value) ?? [];
  const size = SIZES[unit][suffix];
  // A bare number in a text has no unit, which bytes and times need.
  return number === undefined || size === undefined ? null : Number(number) * size;
}

/** `"5 %"` as 0.05; null for what is no share. */
export function readShare(value: unknown): number | null {
  const [, number] =
    (typeof value === 'string' && /^\s*\+?(\d+(?:\.\d+)?)\s*%\s*$/.exec(value)) || [];
  return number === undefined ? null : Number(number) / 100;
}

export function formatQuantity(value: number, unit: Unit): string {
  switch (unit) {
    case 'bytes':
      return formatBytes(value);
    case 'ms':
      return formatDuration(value);
    case 'count':
      return formatCount(value);
    case 'factor':
      return `${value.toPrecision(3)}×`;
    case 'score':
      return value.toPrecision(2);
    default:
      return unit satisfies never;
  }
}
