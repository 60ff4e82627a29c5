import { expect, test } from 'vitest';
import { walkTree } from '../../../src/analysis/walkTree.ts';
import type { NodeTable } from '../../../src/session/model.ts';

const tableOf = (parent: number[]): NodeTable => ({
  length: parent.length,
  parent: Int32Array.from(parent),
  function: new Int32Array(parent.length),
  realm: new Int32Array(parent.length),
});

function walked(parent: number[]): string {
  let steps = '';
  walkTree(
    tableOf(parent),
    (node) => {
      steps += `<${node}`;
    },
    (node) => {
      steps += `${node}>`;
    },
  );
  return steps;
}

test('trees are walked depth first, siblings in order, and left after all beneath', () => {
  expect(walked([-1, 0, 1, 0, 1, 3])).toBe('<0<1<22><44>1><3<55>3>0>');
});

test('several trees follow one another, and none is nothing', () => {
  expect(walked([-1, -1, 0, 1])).toBe('<0<22>0><1<33>1>');
  expect(walked([])).toBe('');
});

test('a tree of 100,000 nodes may be as deep', () => {
  const deep = Array.from({ length: 100_000 }, (_, node) => node - 1);
  let [depth, deepest] = [0, 0];
  walkTree(
    tableOf(deep),
    () => {
      depth++;
      deepest = Math.max(deepest, depth);
    },
    () => {
      depth--;
    },
  );
  expect([depth, deepest]).toEqual([0, 100_000]);
});
