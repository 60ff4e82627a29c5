import { expect, test } from 'vitest';
import { stepInList } from '../../../panel/components/stepInList.ts';

test('arrow keys move by one row and stop at the ends', () => {
  expect(stepInList('ArrowDown', 1, 5, 3)).toBe(2);
  expect(stepInList('ArrowDown', 4, 5, 3)).toBe(4);
  expect(stepInList('ArrowUp', 0, 5, 3)).toBe(0);
});

test('Page Down moves by a page', () => {
  expect(stepInList('PageDown', 1, 20, 7)).toBe(8);
});

test('Home and End select the first and the last row', () => {
  expect(stepInList('Home', 3, 5, 3)).toBe(0);
  expect(stepInList('End', -1, 5, 3)).toBe(4);
});

test('an empty list has no row to select', () => {
  expect(stepInList('End', -1, 0, 3)).toBeNull();
});
