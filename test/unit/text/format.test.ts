import { describe, expect, test } from 'vitest';
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

describe('figures for people', () => {
  test.each([
    [null, '–'],
    [0, '0 B'],
    [999, '999 B'],
    [1000, '1.00 kB'],
    [65536, '65.5 kB'],
    [16_777_216, '16.8 MB'],
    [4.2e9, '4.20 GB'],
  ])('%s bytes are %s', (bytes, shown) => {
    expect(formatBytes(bytes)).toBe(shown);
  });

  test.each([
    [null, '–'],
    [0, '0 ms'],
    [12.345, '12.3 ms'],
    [1234.5, '1.23 s'],
    [0.0042, '4.20 µs'],
    [0.0000081, '8.10 ns'],
  ])('%s ms are %s', (ms, shown) => {
    expect(formatDuration(ms)).toBe(shown);
  });

  test('a duration that rounds up to the next digit keeps three of them', () => {
    expect(formatDuration(9.999)).toBe('10.0 ms');
    expect(formatDuration(999.96)).toBe('1.00 s');
    expect(formatBytes(999_999)).toBe('1.00 MB');
  });

  test('changes have their sign, and those beyond double are factors', () => {
    expect([1.12, 0.969, 1.0002, 3.4, 2, 12.34, 0.5, 1, 1 + 1e-12].map(formatChange)).toEqual([
      '+12 %',
      '−3.1 %',
      '+0.02 %',
      '×3.4',
      '×2.0',
      '×12.3',
      '−50 %',
      '0 %',
      '0 %',
    ]);
  });

  test('counts have thousands apart', () => {
    expect(formatCount(1_234_567)).toBe('1,234,567');
  });

  test('rates and shares', () => {
    expect(formatRate(1_000_000)).toBe('1,000,000/s');
    expect(formatRate(2.5)).toBe('2.5/s');
    expect(formatShare(0.123)).toBe('12 %');
    expect(formatShare(0.0123)).toBe('1.2 %');
    expect(formatShare(0)).toBe('0 %');
    expect(formatShare(0.0001)).toBe('< 0.1 %');
    expect(formatShare(0.0999)).toBe('10 %');
  });

  test('an estimate shows its 95 % interval in the value’s unit', () => {
    expect(formatEstimate({ value: 12.34, error: 0.2 })).toBe('12.34 ± 0.39 ms');
    expect(formatEstimate({ value: 250, error: 10 }, 1e-6)).toBe('250 ± 20 ns');
  });

  test.each([
    [82.4, '82 ms'],
    [3214, '3.2 s'],
    [0.000_224, '224 ns'],
    [0.0068, '6.8 µs'],
  ])('what stays below %d ms stays below %s', (ms, shown) => {
    expect(formatBound(ms)).toBe(shown);
  });

  test('an exact value has no interval', () => {
    expect(formatEstimate({ value: 12.34, error: 0 })).toBe('12.3 ms');
  });

  test('times within a session are in seconds', () => {
    expect(formatTime(1234)).toBe('1.23 s');
    expect(formatTime(61_234)).toBe('61.2 s');
  });
});
