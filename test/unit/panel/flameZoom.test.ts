import { expect, test } from 'vitest';
import { WHOLE } from '../../../panel/views/flame/flameLayout.ts';
import {
  innermost,
  isZoomed,
  panBy,
  UNZOOMED,
  windowOf,
  zoomBy,
  zoomTo,
} from '../../../panel/views/flame/flameZoom.ts';
import { smallTree } from './smallTree.ts';

const tree = smallTree();

test('zooming to a node shows its width', () => {
  expect(windowOf(tree, zoomTo(1))).toEqual({ from: 0.75, width: 0.25 });
  expect(windowOf(tree, UNZOOMED)).toEqual(WHOLE);
  expect(isZoomed(windowOf(tree, zoomTo(0)))).toBe(false);
});

test('zooming by a factor keeps the point under the pointer where it is', () => {
  const before = windowOf(tree, UNZOOMED);
  const after = windowOf(tree, zoomBy(tree, UNZOOMED, 0.3, 0.9));
  expect(after.width).toBeCloseTo(0.3);
  expect(after.from + 0.9 * after.width).toBeCloseTo(before.from + 0.9 * before.width);
});

test('zooming in and out by the same factor restores the view', () => {
  const inside = zoomBy(tree, UNZOOMED, 0.25, 0.6);
  expect(windowOf(tree, zoomBy(tree, inside, 4, 0.6))).toEqual({
    from: expect.closeTo(0),
    width: expect.closeTo(1),
  });
  expect(windowOf(tree, zoomBy(tree, inside, 100, 0.1))).toEqual(WHOLE);
});

test('zooming with the wheel zooms into the deepest node that fills the width', () => {
  expect(zoomBy(tree, UNZOOMED, 0.09, 1).node).toBe(3);
  expect(zoomBy(tree, UNZOOMED, 0.2, 1).node).toBe(1);
  expect(zoomBy(tree, UNZOOMED, 0.9, 0.5).node).toBe(0);
});

test('panning stops at the edges', () => {
  const right = zoomBy(tree, UNZOOMED, 0.5, 0);
  expect(windowOf(tree, panBy(tree, right, 0.5)).from).toBeCloseTo(0.25);
  expect(windowOf(tree, panBy(tree, right, 99)).from).toBeCloseTo(0.5);
  expect(windowOf(tree, panBy(tree, right, -99)).from).toBe(0);
});

test('a zoom stays with its node when weights change', () => {
  const half = { node: 1, window: { from: 0.5, width: 0.5 } };
  expect(windowOf(tree, half)).toEqual({
    from: expect.closeTo(0.875),
    width: expect.closeTo(0.125),
  });
  // Node 1 has become the widest.
  expect(windowOf(smallTree([40, 32, 8, 16, 16]), half)).toEqual({
    from: expect.closeTo(0.4),
    width: expect.closeTo(0.4),
  });
});

test('a zoom into a node that lost its weight shows everything', () => {
  expect(windowOf(smallTree([30, 0, 30, 0, 0]), zoomTo(3))).toEqual(WHOLE);
});

test('two realms side by side have no node that fills the width', () => {
  const two = {
    ...tree,
    parent: Int32Array.of(-1, -1),
    weight: Float64Array.of(1, 1),
    total: 2,
    roots: [0, 1],
    child: Int32Array.of(-1, -1),
    sibling: Int32Array.of(-1, -1),
    sorted: new Map(),
  };
  expect(innermost(two, WHOLE)).toBeNull();
  expect(innermost(two, { from: 0.5, width: 0.5 })).toBe(1);
});
