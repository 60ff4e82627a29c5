import { expect, test } from 'vitest';
import {
  formatBound,
  formatBytes,
  formatChange,
  formatCount,
  formatDuration,
  formatEstimate,
  formatRate,
  formatShare,
  formatTime,
} from '../../../src/text/format.ts';

test.each([
  [null, '–'],
  [0, '0 B'],
  [999, '999 B'],
  [1000, '1.00 kB'],
  [65536, '65.5 kB'],
  [999_999, '1.00 MB'],
  [16_777_216, '16.8 MB'],
  [4.2e9, '4.20 GB'],
])('%s bytes are written as %s', (bytes, text) => {
  expect(formatBytes(bytes)).toBe(text);
});

test.each([
  [null, '–'],
  [0, '0 ms'],
  [12.345, '12.3 ms'],
  [1234.5, '1.23 s'],
  [0.0042, '4.20 µs'],
  [0.0000081, '8.10 ns'],
  [9.999, '10.0 ms'],
  [999.96, '1.00 s'],
])('%s ms are written as %s', (ms, text) => {
  expect(formatDuration(ms)).toBe(text);
});

test.each([
  [1.12, '+12 %'],
  [0.969, '−3.1 %'],
  [1.0002, '+0.02 %'],
  [0.5, '−50 %'],
  [2, '×2.0'],
  [3.4, '×3.4'],
  [12.34, '×12.3'],
  [1, '0 %'],
  [1 + 1e-12, '0 %'],
])('a ratio of %d is written as the change %s', (ratio, text) => {
  expect(formatChange(ratio)).toBe(text);
});

test('counts have thousands separators', () => {
  expect(formatCount(1_234_567)).toBe('1,234,567');
});

test.each([
  [1_000_000, '1,000,000/s'],
  [2.5, '2.5/s'],
])('a rate of %d per second is written as %s', (rate, text) => {
  expect(formatRate(rate)).toBe(text);
});

test.each([
  [0.123, '12 %'],
  [0.0999, '10 %'],
  [0.0123, '1.2 %'],
  [0.0001, '< 0.1 %'],
  [0, '0 %'],
])('a share of %d is written as %s', (share, text) => {
  expect(formatShare(share)).toBe(text);
});

test('an estimate has its 95 % interval', () => {
  expect(formatEstimate({ value: 12.34, error: 0.2 })).toBe('12.34 ± 0.39 ms');
});

test('an estimate in nanoseconds is written in nanoseconds', () => {
  expect(formatEstimate({ value: 250, error: 10 }, 1e-6)).toBe('250 ± 20 ns');
});

test('an exact value has no interval', () => {
  expect(formatEstimate({ value: 12.34, error: 0 })).toBe('12.3 ms');
});

test.each([
  [82.4, '82 ms'],
  [3214, '3.2 s'],
  [0.000_224, '224 ns'],
  [0.0068, '6.8 µs'],
])('an upper bound of %d ms is written as %s', (ms, text) => {
  expect(formatBound(ms)).toBe(text);
});

test.each([
  [1234, '1.23 s'],
  [61_234, '61.2 s'],
])('a time of %d ms within a session is written as %s', (ms, text) => {
  expect(formatTime(ms)).toBe(text);
});
