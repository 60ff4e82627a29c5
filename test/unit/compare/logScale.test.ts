import { expect, test } from 'vitest';
import type { Column } from '../../../src/compare/column.ts';
import { logErrorsOf, logsOf, sureLogsOf } from '../../../src/compare/logScale.ts';

const column = (baseline: number[], errors: number[]): Column => ({
  fields: {
    id: 'crossings/a/b/self',
    subject: { type: 'function', module: 'a', name: 'b' },
    quantity: 'self time',
    label: 'b',
    unit: 'ms',
    group: 'crossings',
    kind: 'timed',
    depends: 'times',
    better: 'lower',
  },
  baseline,
  candidate: baseline,
  baselineVariance: errors.map((error) => error ** 2),
  candidateVariance: errors.map((error) => error ** 2),
  absentFrom: null,
});

test('a value that a held-up sample made large is as large as the others, less its error', () => {
  const { baseline } = sureLogsOf(column([8, 9, 160], [2, 2, 100]));
  expect(Math.exp(baseline[2] as number)).toBeCloseTo(160 - 150 + 2);
});

test('a value of 0 that is not known to be 0 lies no further below than the errors’ median', () => {
  const { baseline } = sureLogsOf(column([8, 9, 0], [2, 2, 5]));
  expect(Math.exp(baseline[2] as number)).toBeCloseTo(2);
});

test('values without an error are as they are', () => {
  const exact = column([8, 9, 10], [0, 0, 0]);
  expect(sureLogsOf(exact)).toEqual(logsOf(exact));
});

test('a run that does not know the metric stays unknown', () => {
  const missing: Column = { ...column([8, 9], [1, 1]), baseline: [8, null] };
  expect(sureLogsOf(missing).baseline[1]).toBeNull();
});

test('an error is that to the farther side: what may as well be 0 is not known to any factor', () => {
  const { baseline } = logErrorsOf(column([100, 20, 0], [1, 30, 5]));
  expect(baseline[0]).toBeCloseTo(0.01, 3);
  expect(baseline[1]).toBeCloseTo(Math.log(20 / 0.05));
  expect(baseline[2]).toBeCloseTo(Math.log(1 + 5 / 0.05));
});
