import type { TreeFigures } from '../../../src/analysis/tree.ts';
import type { NodeIndex, NodeTable } from '../../../src/session/model.ts';

/** The crossing trees as a flame graph has them: every node as wide as its children together at least. */
export interface FlameTree {
  /** Width of each node, in ms or calls; index = NodeIndex. */
  weight: Float64Array;
  /** First child and next sibling, −1 for none. */
  child: Int32Array;
  sibling: Int32Array;
  parent: Int32Array;
  /** The realms' roots. */
  roots: NodeIndex[];
}

/** A node as drawn: `x` and `width` from 0 to 1, `depth` in rows. */
export interface FlameBox {
  node: NodeIndex;
  depth: number;
  x: number;
  width: number;
}

/** Total times are estimates, so that children may exceed their parent: it is then widened. */
export function flameTree(nodes: NodeTable, figures: TreeFigures, by: 'time' | 'calls'): FlameTree {
  const { length, parent } = nodes;
  const weight = new Float64Array(length);
  const below = new Float64Array(length);
  const child = new Int32Array(length).fill(-1);
  const sibling = new Int32Array(length).fill(-1);
  const roots: NodeIndex[] = [];
  // A child always stands behind its parent.
  for (let node = length - 1; node >= 0; node--) {
    const own = by === 'time' ? (figures.total[node] as number) : (figures.calls[node] as number);
    weight[node] = by === 'time' ? Math.max(own, below[node] as number) : own + (below[node] as number);
    const above = parent[node] as number;
    if (above < 0) {
      roots.unshift(node);
      continue;
    }
    below[above] = (below[above] as number) + (weight[node] as number);
    sibling[node] = child[above] as number;
    child[above] = node;
  }
  return { weight, child, sibling, parent, roots };
}

export function childrenOf(tree: FlameTree, node: NodeIndex): NodeIndex[] {
  const children: NodeIndex[] = [];
  for (let at = tree.child[node] as number; at >= 0; at = tree.sibling[at] as number) {
    if ((tree.weight[at] as number) > 0) children.push(at);
  }
  return children.sort((a, b) => (tree.weight[b] as number) - (tree.weight[a] as number));
}

/** From the top level down to the node itself. */
export function lineage(tree: FlameTree, node: NodeIndex): NodeIndex[] {
  const line: NodeIndex[] = [];
  for (let at = node; at >= 0; at = tree.parent[at] as number) line.unshift(at);
  return line;
}

/**
 * The boxes to draw, widest child first. Zoomed into a node, those above it are drawn as wide as everything.
 * @param least boxes narrower than this are left out, with all beneath them, so that a large tree costs no more
 * than what can be seen
 */
export function flameBoxes(tree: FlameTree, zoom: NodeIndex | null, least: number): FlameBox[] {
  const boxes: FlameBox[] = [];
  const put = (top: { node: NodeIndex; depth: number; x: number; width: number }): void => {
    const stack = [top];
    for (let box = stack.pop(); box; box = stack.pop()) {
      boxes.push(box);
      const scale = box.width / (tree.weight[box.node] as number);
      let { x } = box;
      for (const node of childrenOf(tree, box.node)) {
        const width = (tree.weight[node] as number) * scale;
        // The rest is narrower still.
        if (width < least) break;
        stack.push({ node, depth: box.depth + 1, x, width });
        x += width;
      }
    }
  };
  if (zoom !== null && (tree.weight[zoom] as number) > 0) {
    const line = lineage(tree, zoom);
    line.slice(0, -1).forEach((node, depth) => boxes.push({ node, depth, x: 0, width: 1 }));
    put({ node: zoom, depth: line.length - 1, x: 0, width: 1 });
    return boxes;
  }
  const total = tree.roots.reduce((sum, node) => sum + (tree.weight[node] as number), 0);
  let x = 0;
  for (const node of tree.roots) {
    const width = total > 0 ? (tree.weight[node] as number) / total : 0;
    if (width >= least) put({ node, depth: 0, x, width });
    x += width;
  }
  return boxes;
}
