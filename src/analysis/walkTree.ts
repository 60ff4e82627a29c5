import type { NodeIndex, NodeTable } from '../session/model.ts';

/**
 * Walks all crossing trees depth first, siblings in the order of their first calls. It does not
 * recurse, as a tree may be as deep as it has nodes.
 * @param leave called for a node after all nodes below it
 */
export function walkTree(
  nodes: NodeTable,
  enter: (node: NodeIndex) => void,
  leave: (node: NodeIndex) => void = () => {},
): void {
  const { parent } = nodes;
  const { firstRoot, firstChild, nextSibling } = linksOf(nodes);
  let node = firstRoot;
  while (node >= 0) {
    enter(node);
    const child = firstChild[node] ?? -1;
    if (child >= 0) {
      node = child;
      continue;
    }
    leave(node);
    while (node >= 0 && (nextSibling[node] ?? -1) < 0) {
      node = parent[node] ?? -1;
      if (node >= 0) leave(node);
    }
    if (node >= 0) node = nextSibling[node] ?? -1;
  }
}

interface Links {
  firstRoot: NodeIndex;
  firstChild: Int32Array;
  nextSibling: Int32Array;
}

/** Each node's first child and next sibling; −1: none. The roots are siblings. */
function linksOf({ length, parent }: NodeTable): Links {
  const firstChild = new Int32Array(length).fill(-1);
  const nextSibling = new Int32Array(length).fill(-1);
  let firstRoot = -1;
  // A child always follows its parent.
  for (let node = length - 1; node >= 0; node--) {
    const above = parent[node] ?? -1;
    if (above < 0) {
      nextSibling[node] = firstRoot;
      firstRoot = node;
    } else {
      nextSibling[node] = firstChild[above] ?? -1;
      firstChild[above] = node;
    }
  }
  return { firstRoot, firstChild, nextSibling };
}
