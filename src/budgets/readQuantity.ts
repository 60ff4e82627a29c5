import type { Unit } from '../metrics/unit.ts';
import { PAGE_BYTES } from '../wasm/pageBytes.ts';

/** The suffixes that a number may have, and their factors, by the expected unit. */
const SUFFIXES: Record<Unit, Record<string, number>> = {
  bytes: {
    B: 1,
    kB: 1e3,
    KB: 1e3,
    MB: 1e6,
    GB: 1e9,
    KiB: 2 ** 10,
    MiB: 2 ** 20,
    GiB: 2 ** 30,
    pages: PAGE_BYTES,
  },
  ms: { ns: 1e-6, µs: 1e-3, us: 1e-3, ms: 1, s: 1000 },
  ns: { ns: 1, µs: 1e3, us: 1e3, ms: 1e6, s: 1e9 },
  pages: { '': 1, pages: 1 },
  count: { '': 1, k: 1e3, M: 1e6 },
  'per second': { '': 1, '/s': 1 },
  factor: { '': 1, '×': 1, x: 1 },
  share: { '%': 0.01 },
  score: { '': 1 },
};

/**
 * Reads a quantity as configuration files write it: `"5 MB"` in bytes, `"1.5 s"` in ms, 40 as it
 * is. Null for anything that is not a quantity in this unit.
 */
export function readQuantity(value: unknown, unit: Unit): number | null {
  if (typeof value === 'number') return Number.isFinite(value) && value >= 0 ? value : null;
  if (typeof value !== 'string') return null;
  const [, number, suffix = ''] = /^\s*(\d+(?:\.\d+)?)\s*(\S*)\s*$/.exec(value) ?? [];
  // A bare number as text has no unit, which sizes and times need.
  const size = SUFFIXES[unit][suffix];
  return number === undefined || size === undefined ? null : Number(number) * size;
}

/** Reads `"5 %"` or `"+5 %"` as 0.05. Null for anything that is not a percentage. */
export function readShare(value: unknown): number | null {
  if (typeof value !== 'string') return null;
  const [, number] = /^\s*\+?(\d+(?:\.\d+)?)\s*%\s*$/.exec(value) ?? [];
  return number === undefined ? null : Number(number) / 100;
}
