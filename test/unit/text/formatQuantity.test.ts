import { expect, test } from 'vitest';
import { formatDifference, formatQuantity } from '../../../src/text/formatQuantity.ts';

test.each([
  [644_000, 'bytes', '644 kB'],
  [12.345, 'ms', '12.3 ms'],
  [250, 'ns', '250 ns'],
  [17, 'pages', '17 pages'],
  [1234, 'count', '1,234'],
  [59.6, 'per second', '60/s'],
  [2, 'factor', '2.00×'],
  [0.123, 'share', '12 %'],
  [0.0421, 'score', '0.042'],
] as const)('%d in %s is written as %s', (value, unit, text) => {
  expect(formatQuantity(value, unit)).toBe(text);
});

test.each([
  [1.2, '+1.20 ms'],
  [-1.2, '−1.20 ms'],
  [0, '0'],
])('a difference of %d ms is written with its sign: %s', (value, text) => {
  expect(formatDifference(value, 'ms')).toBe(text);
});
