import { expect, test } from 'vitest';
import { tickSteps } from '../../../panel/charts/tickSteps.ts';

test('counts have ticks at whole numbers only', () => {
  expect(tickSteps('count')?.every((step) => Number.isInteger(step))).toBe(true);
});

test('sizes may have ticks anywhere', () => {
  expect(tickSteps('bytes')).toBeUndefined();
});
