import { expect, test } from 'vitest';
import { walkTree } from '../../../src/analysis/walkTree.ts';
import type { NodeTable } from '../../../src/session/model.ts';

const tableOf = (parent: number[]): NodeTable => ({
  length: parent.length,
  parent: Int32Array.from(parent),
  function: new Int32Array(parent.length),
  realm: new Int32Array(parent.length),
});

/** `<2` for entering node 2, `2>` for leaving it. */
function stepsThrough(parent: number[]): string {
  const steps: string[] = [];
  walkTree(
    tableOf(parent),
    (node) => {
      steps.push(`<${node}`);
    },
    (node) => {
      steps.push(`${node}>`);
    },
  );
  return steps.join('');
}

test('a tree is walked depth first, siblings in order, and left after all nodes below', () => {
  expect(stepsThrough([-1, 0, 1, 0, 1, 3])).toBe('<0<1<22><44>1><3<55>3>0>');
});

test('trees are walked one after another', () => {
  expect(stepsThrough([-1, -1, 0, 1])).toBe('<0<22>0><1<33>1>');
});

test('without nodes there are no steps', () => {
  expect(stepsThrough([])).toBe('');
});

test('a tree may be 100,000 nodes deep', () => {
  const deep = Array.from({ length: 100_000 }, (_, node) => node - 1);
  let depth = 0;
  let deepest = 0;
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
  expect(deepest).toBe(100_000);
  expect(depth).toBe(0);
});
