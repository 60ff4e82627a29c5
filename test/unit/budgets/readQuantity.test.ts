import { expect, test } from 'vitest';
import { readQuantity, readShare } from '../../../src/budgets/readQuantity.ts';

test.each([
  ['5 MB', 'bytes', 5e6],
  ['64KiB', 'bytes', 65_536],
  ['2 MiB', 'bytes', 2 ** 21],
  ['2 pages', 'bytes', 131_072],
  ['800 ms', 'ms', 800],
  ['1.5 s', 'ms', 1500],
  ['200 µs', 'ns', 200_000],
  ['16', 'pages', 16],
  ['40', 'count', 40],
  ['2 k', 'count', 2000],
  ['60/s', 'per second', 60],
  ['2×', 'factor', 2],
  ['5 %', 'share', 0.05],
  ['0.1', 'score', 0.1],
] as const)('%j as a quantity in %s is %d', (text, unit, value) => {
  expect(readQuantity(text, unit)).toBeCloseTo(value, 9);
});

test('a number stands for itself', () => {
  expect(readQuantity(40, 'bytes')).toBe(40);
});

test.each([
  ['5', 'bytes'],
  ['5 parsecs', 'ms'],
  ['fast', 'ms'],
  ['-1', 'count'],
  ['-1 s', 'ms'],
  [-1, 'count'],
  [Number.NaN, 'count'],
  [null, 'count'],
] as const)('%j is not a quantity in %s', (value, unit) => {
  expect(readQuantity(value, unit)).toBeNull();
});

test.each(['5 %', '+5 %', '5%'])('%j is a share of 0.05', (text) => {
  expect(readShare(text)).toBeCloseTo(0.05);
});

test.each(['5', 0.05, '5 MB'])('%j is not a share', (value) => {
  expect(readShare(value)).toBeNull();
});
