import { expect, test } from 'vitest';
import { stepInRing } from '../../../panel/components/stepInRing.ts';

test('after the last item comes the first', () => {
  expect(stepInRing('ArrowDown', 'vertical', 2, 3)).toBe(0);
});

test('before the first item comes the last', () => {
  expect(stepInRing('ArrowLeft', 'horizontal', 0, 3)).toBe(2);
});

test('without a current item, the next one is the first', () => {
  expect(stepInRing('ArrowDown', 'vertical', -1, 3)).toBe(0);
});

test('the keys of the other direction do nothing', () => {
  expect(stepInRing('ArrowRight', 'vertical', 0, 3)).toBeNull();
});
