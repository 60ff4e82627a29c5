import type { Estimate } from '../statistics/estimate.ts';
import { halfWidth } from '../statistics/estimate.ts';

// Numbers with their units, as people read them. '–' stands for an unknown value.

const integer = new Intl.NumberFormat('en', { maximumFractionDigits: 0 });

// Constructing a formatter costs more than a row of a table, so each is constructed once.
const formatters = Array.from(
  { length: 7 },
  (_, places) =>
    new Intl.NumberFormat('en', { minimumFractionDigits: places, maximumFractionDigits: places }),
);

const fixed = (value: number, places: number): string =>
  (formatters[places] ?? integer).format(value);

/** A whole number with thousands separators. */
export const formatCount = (value: number): string => integer.format(value);

/** Three significant digits, without an exponent. */
function significant(value: number, digits = 3): string {
  if (value === 0) return '0';
  // Rounded first, so that 9.999 becomes 10.0 and not 10.00.
  const rounded = Number(value.toPrecision(digits));
  const places = Math.max(0, Math.min(6, digits - 1 - Math.floor(Math.log10(Math.abs(rounded)))));
  return fixed(value, places);
}

/** A value this close to the next unit is written in it: 999.96 ms as 1.00 s. */
const ROUNDS_UP = 0.9995;

/** A size in bytes, kB, MB or GB (powers of 1000). */
export function formatBytes(bytes: number | null): string {
  if (bytes === null) return '–';
  for (const [unit, size] of [
    ['GB', 1e9],
    ['MB', 1e6],
    ['kB', 1e3],
  ] as const) {
    if (Math.abs(bytes) >= size * ROUNDS_UP) return `${significant(bytes / size)} ${unit}`;
  }
  return `${integer.format(bytes)} B`;
}

/** A unit of time and its length in ms. */
type TimeUnit = readonly [name: string, ms: number];

const NANOSECONDS: TimeUnit = ['ns', 1e-6];
const LONGER_UNITS: readonly TimeUnit[] = [
  ['s', 1000],
  ['ms', 1],
  ['µs', 1e-3],
];

/** The longest unit that is not longer than the duration. */
const unitOf = (ms: number): TimeUnit =>
  LONGER_UNITS.find(([, size]) => Math.abs(ms) >= size * ROUNDS_UP) ?? NANOSECONDS;

/** A duration given in ms. */
export function formatDuration(ms: number | null): string {
  if (ms === null) return '–';
  if (ms === 0) return '0 ms';
  const [unit, size] = unitOf(ms);
  return `${significant(ms / size)} ${unit}`;
}

/** A rate given per second. */
export const formatRate = (perSecond: number): string =>
  `${perSecond >= 100 ? integer.format(perSecond) : significant(perSecond, 2)}/s`;

/** A share of 1 in percent. One that would be rounded to 0 is `< 0.1 %`. */
export function formatShare(share: number): string {
  if (share === 0) return '0 %';
  if (share > 0 && share < 0.0005) return '< 0.1 %';
  return `${(share * 100).toFixed(share < 0.0995 ? 1 : 0)} %`;
}

/** A ratio as a change: `+12 %`, `−3.1 %`, `+0.02 %`, from 2 on `×3.4`; `0 %` for none. */
export function formatChange(ratio: number): string {
  if (ratio > 1000) return '> ×1,000';
  if (ratio >= 2) return `×${significant(ratio, ratio < 10 ? 2 : 3)}`;
  const percent = Math.abs(ratio - 1) * 100;
  if (percent < 1e-3) return '0 %';
  const digits =
    percent < 0.0995 ? significant(percent, 1) : percent.toFixed(percent < 9.95 ? 1 : 0);
  return `${ratio < 1 ? '−' : '+'}${digits} %`;
}

/** An upper bound in ms, with two significant digits. */
export function formatBound(ms: number): string {
  const [unit, size] = unitOf(ms);
  return `${significant(ms / size, 2)} ${unit}`;
}

/**
 * An estimated duration with its 95 % interval, rounded to two digits of the interval:
 * `12.34 ± 0.39 ms`.
 * @param unitMs the estimate's unit in ms: 1, or 1e-6 for ns
 */
export function formatEstimate(estimate: Estimate, unitMs = 1): string {
  const value = estimate.value * unitMs;
  const half = halfWidth(estimate) * unitMs;
  if (value === 0 && half === 0) return '0 ms';
  const [unit, size] = unitOf(Math.max(value, half));
  // The interval is narrower than the last digit that is shown.
  if (half / size < 0.0005) return `${significant(value / size)} ${unit}`;
  const places = Math.max(0, Math.min(3, 1 - Math.floor(Math.log10(half / size))));
  return `${fixed(value / size, places)} ± ${fixed(half / size, places)} ${unit}`;
}

/** A date with the time of day, to the second. */
export const formatDate = (epochMs: number): string =>
  new Date(epochMs).toLocaleString('en-GB', {
    day: 'numeric',
    month: 'short',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  });

/** A time within the session, in s. */
export const formatTime = (ms: number): string => `${(ms / 1000).toFixed(ms < 10_000 ? 2 : 1)} s`;
