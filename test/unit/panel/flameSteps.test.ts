import { expect, test } from 'vitest';
import { flameBoxes, WHOLE } from '../../../panel/views/flame/flameLayout.ts';
import { foundShare } from '../../../panel/views/flame/flameSearch.ts';
import { boxAt, stepFrom } from '../../../panel/views/flame/flameSteps.ts';
import { SMALL_TREE, smallTree } from './smallTree.ts';

const tree = smallTree();
const boxes = flameBoxes(tree, WHOLE, 0);

test.each([
  [0, 'ArrowDown', 2],
  [2, 'ArrowRight', 1],
  [1, 'ArrowLeft', 2],
  [1, 'ArrowDown', 4],
  [4, 'ArrowRight', 3],
  [3, 'ArrowUp', 1],
  [2, 'ArrowLeft', undefined],
  [0, 'ArrowUp', undefined],
  [2, 'ArrowDown', undefined],
  [0, 'a', undefined],
])('from node %s, %s leads to %s', (from, key, to) => {
  expect(stepFrom(tree, boxes, from, key)).toBe(to);
});

test('arrow keys skip merged boxes', () => {
  expect(stepFrom(tree, flameBoxes(tree, WHOLE, 0.2), 1, 'ArrowDown')).toBeUndefined();
});

test('from a node out of sight, an arrow key selects the first box of its row', () => {
  expect(
    stepFrom(
      tree,
      boxes.filter(({ node }) => node !== 4),
      4,
      'ArrowRight',
    ),
  ).toBe(3);
});

test('a box is found by its row and position', () => {
  expect(boxAt(boxes, 1, 0.8)?.node).toBe(1);
  expect(boxAt(boxes, 1, 0.74)?.node).toBe(2);
  expect(boxAt(boxes, 2, 0.5)).toBeUndefined();
});

test('a search counts a found function and everything beneath it once', () => {
  const share = (...functions: number[]): number =>
    foundShare(tree, SMALL_TREE.function, { functions: Uint8Array.from(functions), count: 1 });
  expect(share(1, 0, 1, 1)).toBeCloseTo(0.25);
  expect(share(0, 0, 0, 1)).toBeCloseTo(0.15);
  expect(share(0, 0, 0, 0)).toBe(0);
});
