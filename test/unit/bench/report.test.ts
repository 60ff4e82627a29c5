import { expect, test } from 'vitest';
import type { Row } from '../../../bench/report.ts';
import { keeps, toMarkdown, toTable } from '../../../bench/report.ts';
import {
  figure,
  geometricMean,
  interleave,
  pairwise,
  single,
  trimmedMean,
} from '../../../bench/statistics.ts';

const ABOUT = {
  date: '2026-01-02T03:04:05.000Z',
  browser: 'Chrome/1',
  node: 'v20.1.0',
  platform: 'linux x64',
  cpu: 'some cpu',
  cores: 2,
  load: [0.1, 1.5] as const,
  seconds: 61.7,
};
const row = (more: Partial<Row>): Row => ({
  group: 'Calls',
  what: 'one',
  unit: 'ns',
  figure: figure([1, 2, 3]),
  ...more,
});

test('a figure is the median with its quartiles', () => {
  expect(figure([4, 1, 3, 2, 5])).toEqual({ median: 3, low: 2, high: 4, samples: 5 });
});

test('a figure needs samples', () => {
  expect(() => figure([])).toThrow('No samples');
});

test('pairs are joined sample by sample', () => {
  expect(pairwise([10, 20, 30], [1, 2, 3], (a, b) => a / b).median).toBe(10);
});

test('variants are measured in turn, in the reverse order each time', async () => {
  const order: string[] = [];
  await interleave(['a', 'b'], 3, async (variant) => order.push(variant));
  expect(order.join('')).toBe('abbaab');
});

test('the trimmed mean leaves out the lowest and the highest fifth', () => {
  expect(trimmedMean([-1000, 1, 2, 3, 1000])).toBe(2);
});

test('the geometric mean of a ratio and its reciprocal is 1', () => {
  expect(geometricMean([4, 0.25])).toBeCloseTo(1);
});

test.each([
  ['without bounds is not judged', row({}), null],
  ['at its upper bound keeps it', row({ limit: 2 }), true],
  ['above its upper bound misses it', row({ limit: 1.9 }), false],
  ['below its lower bound misses it', row({ least: 2.1 }), false],
  ['that was not measured is not judged', row({ figure: null, limit: 1 }), null],
])('a figure %s', (_, judged, expected) => {
  expect(keeps(judged)).toBe(expected);
});

test('the table marks a figure that misses its bound', () => {
  expect(toTable([row({ limit: 1 })])).toContain('≤ 1  MISSED');
});

test('the table does not mark a figure that keeps its bound', () => {
  expect(toTable([row({ limit: 5 })])).not.toContain('MISSED');
});

test('what was not run says why', () => {
  expect(toTable([row({ figure: null, reason: 'no packages' })])).toContain('not run: no packages');
});

test('the Markdown has a table for each group, without empty columns', () => {
  const text = toMarkdown(
    [row({}), row({ group: 'Other', what: 'a | b', figure: single(7), native: single(6) })],
    ABOUT,
  );
  expect(text).toContain(
    '2026-01-02, Chrome/1, Node 20.1.0, linux x64, some cpu, 2 cores; load 0.10 before, 1.50 after; 62 s.',
  );
  expect(text).toContain(
    '### Calls\n\n|  | Wasmscope |\n| --- | --- |\n| one, ns | 2.00 (1.50–2.50) |',
  );
  expect(text).toContain('| a \\| b, ns | 7.00 | 6.00 |');
});
