import type { FlameTree } from '../../../panel/views/flame/flameLayout.ts';
import { flameTree } from '../../../panel/views/flame/flameLayout.ts';
import type { TreeFigures } from '../../../src/analysis/treeFigures.ts';
import type { NodeTable } from '../../../src/session/model.ts';

/** 0 is the root, under it 1 with 3 and 4, and 2. */
export const SMALL_TREE: NodeTable = {
  length: 5,
  parent: Int32Array.of(-1, 0, 0, 1, 1),
  function: Int32Array.of(-1, 0, 1, 2, 3),
  realm: new Int32Array(5),
};

export const figuresOfTotals = (total: number[]): TreeFigures => ({
  calls: Float64Array.of(0, 1, 1, 2, 2),
  total: Float64Array.from(total),
  totalVariance: new Float64Array(5),
  self: new Float64Array(5),
  selfVariance: new Float64Array(5),
});

/** By time; without totals 1 takes a quarter, of which 4 takes six tenths and 3 four. */
export const smallTree = (total = [40, 10, 30, 4, 6]): FlameTree =>
  flameTree(SMALL_TREE, figuresOfTotals(total), 'time');
