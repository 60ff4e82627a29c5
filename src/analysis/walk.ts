import type { NodeIndex, NodeTable } from '../session/model.ts';

/**
 * Goes through all crossing trees depth first, siblings in the order in which they were first
 * called. Without recursion of its own, as trees can be as deep as they have nodes.
 * @param leave told of a node after all beneath it
 */
export function walkTree(
  nodes: NodeTable,
  enter: (node: NodeIndex) => void,
  leave: (node: NodeIndex) => void = () => {},
): void {
  const { length, parent } = nodes;
  const child = new Int32Array(length).fill(-1);
  const sibling = new Int32Array(length).fill(-1);
  let firstRoot = -1;
  // A child always stands behind its parent.
  for (let node = length - 1; node >= 0; node--) {
    const above = parent[node] as number;
    if (above < 0) {
      sibling[node] = firstRoot;
      firstRoot = node;
    } else {
      sibling[node] = child[above] as number;
      child[above] = node;
    }
  }
  let node = firstRoot;
  while (node >= 0) {
    enter(node);
    const down = child[node] as number;
    if (down >= 0) {
      node = down;
      continue;
    }
    leave(node);
    while (node >= 0 && (sibling[node] as number) < 0) {
      node = parent[node] as number;
      if (node >= 0) leave(node);
    }
    if (node >= 0) node = sibling[node] as number;
  }
}
