import { expect, test } from 'vitest';
import { flameBoxes, flameTree } from '../../../panel/views/flame/flameLayout.ts';
import type { TreeFigures } from '../../../src/analysis/tree.ts';
import type { NodeTable } from '../../../src/session/model.ts';

// 0 the root, under it 1 (10 ms) with 3 (4 ms) and 4 (6 ms), and 2 (30 ms).
const nodes: NodeTable = {
  length: 5, parent: Int32Array.of(-1, 0, 0, 1, 1), function: Int32Array.of(-1, 0, 1, 2, 3), realm: new Int32Array(5),
};
const figures = (total: number[]): TreeFigures => ({
  calls: Float64Array.of(0, 1, 1, 2, 2), total: Float64Array.from(total), totalVariance: new Float64Array(5),
  self: new Float64Array(5), selfVariance: new Float64Array(5),
});
const boxes = (total: number[], zoom: number | null = null, least = 0) =>
  flameBoxes(flameTree(nodes, figures(total), 'time'), zoom, least).sort((a, b) => a.node - b.node);

test('a box is as wide as its share, the widest first, under its parent', () => {
  expect(boxes([40, 10, 30, 4, 6])).toEqual([
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

test('zoomed in, the node and those above it fill the width', () => {
  expect(boxes([40, 10, 30, 4, 6], 1).map(({ node, depth, width }) => [node, depth, width])).toEqual([
    [0, 0, 1], [1, 1, 1], [3, 2, expect.closeTo(0.4)], [4, 2, expect.closeTo(0.6)],
  ]);
});

test('what is too narrow to see is left out', () => {
  expect(boxes([40, 10, 30, 4, 6], null, 0.12).map(({ node }) => node)).toEqual([0, 1, 2, 4]);
});

test('by calls, a box holds its own calls and all beneath', () => {
  expect(flameTree(nodes, figures([0, 0, 0, 0, 0]), 'calls').weight).toEqual(Float64Array.of(6, 5, 1, 2, 2));
});
