import { expect, test } from 'vitest';
import type { FlameWindow } from '../../../panel/views/flame/flameLayout.ts';
import { extentOf, flameBoxes, flameTree, WHOLE } from '../../../panel/views/flame/flameLayout.ts';
import { figuresOfTotals, SMALL_TREE, smallTree } from './smallTree.ts';

const boxes = (total?: number[], window: FlameWindow = WHOLE, least = 0) =>
  flameBoxes(smallTree(total), window, least).sort((a, b) => a.node - b.node);

test('a box is as wide as its share, and the widest child comes first', () => {
  expect(boxes()).toEqual([
    { node: 0, depth: 0, x: 0, width: 1 },
    { node: 1, depth: 1, x: 0.75, width: 0.25 },
    { node: 2, depth: 1, x: 0, width: 0.75 },
    { node: 3, depth: 2, x: expect.closeTo(0.9), width: expect.closeTo(0.1) },
    { node: 4, depth: 2, x: 0.75, width: expect.closeTo(0.15) },
  ]);
});

test('children whose estimates exceed their parent widen it', () => {
  const [, parent, , one, other] = boxes([36, 2, 30, 4, 6]);
  expect(parent?.width).toBeCloseTo((one?.width ?? 0) + (other?.width ?? 0));
});

test('zoomed in, the node and its callers fill the width, and its siblings are omitted', () => {
  expect(
    boxes([40, 10, 30, 4, 6], extentOf(smallTree(), 1)).map(({ node, depth, width }) => [
      node,
      depth,
      width,
    ]),
  ).toEqual([
    [0, 0, 1],
    [1, 1, 1],
    [3, 2, expect.closeTo(0.4)],
    [4, 2, expect.closeTo(0.6)],
  ]);
});

test('a window cuts boxes at its edges', () => {
  const [, one, two] = boxes(undefined, { from: 0.5, width: 0.5 });
  expect([two?.x, two?.width, one?.x, one?.width]).toEqual([0, 0.5, 0.5, 0.5]);
});

test('boxes too narrow to see are merged into one that is as wide as all of them', () => {
  expect(boxes(undefined, WHOLE, 0.2)).toEqual([
    { node: 0, depth: 0, x: 0, width: 1 },
    { node: 1, depth: 1, x: 0.75, width: 0.25 },
    { node: 2, depth: 1, x: 0, width: 0.75 },
    { node: 4, depth: 2, x: 0.75, width: expect.closeTo(0.25), merged: 2 },
  ]);
});

test('boxes that are too narrow even together are omitted', () => {
  expect(boxes([400, 10, 390, 4, 6], WHOLE, 0.03).map(({ node }) => node)).toEqual([0, 2]);
});

test('a node is found where it is drawn', () => {
  const tree = smallTree();
  for (const { node, x, width } of flameBoxes(tree, WHOLE, 0)) {
    expect(extentOf(tree, node)).toEqual({ from: expect.closeTo(x), width: expect.closeTo(width) });
  }
  expect(extentOf(smallTree([30, 0, 30, 0, 0]), 3).width).toBe(0);
});

test('by calls, the width of a box is its own calls and those beneath it', () => {
  expect(flameTree(SMALL_TREE, figuresOfTotals([0, 0, 0, 0, 0]), 'calls').weight).toEqual(
    Float64Array.of(6, 5, 1, 2, 2),
  );
});

test('without a weight there is nothing to draw', () => {
  expect(boxes([0, 0, 0, 0, 0])).toEqual([]);
});

test('in a large tree, children fit into their parent and no boxes overlap', () => {
  const length = 5000;
  const parent = Int32Array.from({ length }, (_, node) => (node === 0 ? -1 : Math.floor(node / 3)));
  const total = Float64Array.from({ length }, (_, node) => ((node * 7919) % 997) / 10);
  const zeros = new Float64Array(length);
  const tree = flameTree(
    { length, parent, function: parent, realm: new Int32Array(length) },
    { calls: zeros, total, totalVariance: zeros, self: zeros, selfVariance: zeros },
    'time',
  );
  const drawn = flameBoxes(tree, WHOLE, 0.0005);
  const depths = new Set(drawn.map(({ depth }) => depth));
  expect(depths.size).toBeGreaterThan(5);
  for (const at of depths) {
    const row = drawn.filter(({ depth }) => depth === at).sort((a, b) => a.x - b.x);
    for (const [place, { x }] of row.entries()) {
      const before = row[place - 1];
      if (before) expect(x).toBeGreaterThanOrEqual(before.x + before.width - 1e-9);
    }
    expect(row.reduce((sum, { width }) => sum + width, 0)).toBeLessThanOrEqual(1 + 1e-9);
  }
});
