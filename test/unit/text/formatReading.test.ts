import { expect, test } from 'vitest';
import { formatReading, formatTick } from '../../../src/text/formatReading.ts';

test.each([
  ['bytes', 20e6, '20 MB'],
  ['bytes', 2.5e6, '2.5 MB'],
  ['bytes', 200_000, '200 kB'],
  ['bytes', 0, '0 B'],
  ['ms', 50, '50 ms'],
  ['ms', 0.25, '250 µs'],
  ['share', 0.5, '50 %'],
  ['share', 0, '0 %'],
  ['per second', 50_000, '50,000/s'],
  ['count', 2e6, '2 M'],
] as const)('a tick of %s at %d is %j', (unit, value, label) => {
  expect(formatTick(value, unit)).toBe(label);
});

test('a reading keeps its digits', () => {
  expect(formatReading(20e6, 'bytes')).toBe('20.0 MB');
});

test('a rate of millions is short', () => {
  expect(formatReading(2_340_000, 'per second')).toBe('2.3 M/s');
});
