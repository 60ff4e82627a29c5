import type { TreeFigures } from '../../../src/analysis/treeFigures.ts';
import type { NodeIndex, NodeTable } from '../../../src/session/model.ts';

/**
 * The crossing trees as a flame graph draws them: every node at least as wide as its children
 * together.
 */
export interface FlameTree {
  /** Width of each node, in ms or calls; index = NodeIndex. */
  weight: Float64Array;
  /** Of all roots together. */
  total: number;
  /** First child and next sibling, −1 for none. */
  child: Int32Array;
  sibling: Int32Array;
  parent: Int32Array;
  /** The realms' roots. */
  roots: NodeIndex[];
  /** Children in the order in which they are drawn, filled in as they are needed. */
  sorted: Map<NodeIndex, readonly NodeIndex[]>;
}

/** What a box's width shows. */
export type FlameWeight = 'time' | 'calls';

/** A stretch of the graph's width, which is 1. */
export interface FlameWindow {
  from: number;
  width: number;
}

export const WHOLE: FlameWindow = { from: 0, width: 1 };

/** A node as drawn: `x` and `width` from 0 to 1 within the window, `depth` in rows. */
export interface FlameBox {
  node: NodeIndex;
  depth: number;
  x: number;
  width: number;
  /** How many siblings too narrow to draw it stands for; `node` is then the widest of them. */
  merged?: number;
}

/** Total times are estimates, so that children may exceed their parent: it is then widened. */
export function flameTree(nodes: NodeTable, figures: TreeFigures, by: FlameWeight): FlameTree {
  const { length, parent } = nodes;
  const weight = new Float64Array(length);
  const below = new Float64Array(length);
  const child = new Int32Array(length).fill(-1);
  const sibling = new Int32Array(length).fill(-1);
  const roots: NodeIndex[] = [];
  let total = 0;
  // A child always follows its parent.
  for (let node = length - 1; node >= 0; node--) {
    const own = by === 'time' ? (figures.total[node] ?? 0) : (figures.calls[node] ?? 0);
    weight[node] = by === 'time' ? Math.max(own, below[node] ?? 0) : own + (below[node] ?? 0);
    const above = parent[node] ?? -1;
    if (above < 0) {
      total += weight[node] ?? 0;
      roots.unshift(node);
      continue;
    }
    below[above] = (below[above] ?? 0) + (weight[node] ?? 0);
    sibling[node] = child[above] ?? -1;
    child[above] = node;
  }
  return { weight, total, child, sibling, parent, roots, sorted: new Map() };
}

/** The children that have a width, widest first. */
export function childrenOf(tree: FlameTree, node: NodeIndex): readonly NodeIndex[] {
  const known = tree.sorted.get(node);
  if (known) return known;
  const children: NodeIndex[] = [];
  for (let at = tree.child[node] ?? -1; at >= 0; at = tree.sibling[at] ?? -1) {
    if ((tree.weight[at] ?? 0) > 0) children.push(at);
  }
  children.sort((a, b) => (tree.weight[b] ?? 0) - (tree.weight[a] ?? 0));
  tree.sorted.set(node, children);
  return children;
}

/** From the top level down to the node itself. */
export function lineage(tree: FlameTree, node: NodeIndex): NodeIndex[] {
  const line: NodeIndex[] = [];
  for (let at = node; at >= 0; at = tree.parent[at] ?? -1) line.push(at);
  return line.reverse();
}

/** Where a node is drawn; its width is 0 where it has no weight. */
export function extentOf(tree: FlameTree, node: NodeIndex): FlameWindow {
  let before = 0;
  for (const at of lineage(tree, node)) {
    const above = tree.parent[at] ?? -1;
    if (tree.weight[at] === 0) return { from: 0, width: 0 };
    for (const sibling of above < 0 ? tree.roots : childrenOf(tree, above)) {
      if (sibling === at) break;
      before += tree.weight[sibling] ?? 0;
    }
  }
  return { from: before / tree.total, width: (tree.weight[node] ?? 0) / tree.total };
}

/**
 * The boxes to draw, parents before their children, clipped to a window.
 * @param least boxes narrower than this part of the window are merged into one, and what is beneath
 *   them left out, so that a large tree costs no more than what can be seen
 */
export function flameBoxes(tree: FlameTree, window: FlameWindow, least: number): FlameBox[] {
  const boxes: FlameBox[] = [];
  if (tree.total === 0) return boxes;
  const end = window.from + window.width;
  const stack: { node: NodeIndex; depth: number; x: number }[] = [];

  function put(node: NodeIndex, depth: number, x: number, width: number, merged?: number): void {
    const from = Math.max(x - window.from, 0) / window.width;
    const to = Math.min(x + width - window.from, window.width) / window.width;
    if (to > from)
      boxes.push({
        node,
        depth,
        x: from,
        width: to - from,
        ...(merged === undefined ? {} : { merged }),
      });
  }

  function row(nodes: readonly NodeIndex[], depth: number, from: number, ordered: boolean): void {
    let x = from;
    for (const [at, node] of nodes.entries()) {
      const width = (tree.weight[node] ?? 0) / tree.total;
      if (x >= end) return;
      if (width < least * window.width) {
        if (!ordered) {
          x += width;
          continue;
        }
        // The rest is narrower still.
        let rest = 0;
        for (let next = at; next < nodes.length; next++)
          rest += (tree.weight[nodes[next] ?? -1] ?? 0) / tree.total;
        if (rest >= least * window.width && x + rest > window.from)
          put(node, depth, x, rest, nodes.length - at);
        return;
      }
      if (x + width > window.from) {
        put(node, depth, x, width);
        stack.push({ node, depth, x });
      }
      x += width;
    }
  }

  row(tree.roots, 0, 0, false);
  for (let box = stack.pop(); box; box = stack.pop())
    row(childrenOf(tree, box.node), box.depth + 1, box.x, true);
  return boxes;
}
