import type { NodeIndex } from '../../../src/session/model.ts';
import type { FlameBox, FlameTree } from './flameLayout.ts';
import { lineage } from './flameLayout.ts';

/** The box at a place; `x` from 0 to 1. */
export const boxAt = (boxes: readonly FlameBox[], depth: number, x: number): FlameBox | undefined =>
  boxes.find((box) => box.depth === depth && x >= box.x && x < box.x + box.width);

/**
 * Where an arrow key leads among the boxes that are drawn; undefined for nowhere and for other
 * keys.
 */
export function stepFrom(
  tree: FlameTree,
  boxes: readonly FlameBox[],
  node: NodeIndex,
  key: string,
): NodeIndex | undefined {
  const parent = tree.parent[node] ?? -1;
  switch (key) {
    case 'ArrowUp':
      return parent >= 0 ? parent : undefined;
    case 'ArrowDown':
      return boxes.find((box) => box.merged === undefined && tree.parent[box.node] === node)?.node;
    case 'ArrowLeft':
    case 'ArrowRight': {
      const depth = lineage(tree, node).length - 1;
      const row = boxes
        .filter((box) => box.depth === depth && box.merged === undefined)
        .sort((a, b) => a.x - b.x);
      const place = row.findIndex((box) => box.node === node);
      if (place < 0) return row[0]?.node;
      return row[place + (key === 'ArrowRight' ? 1 : -1)]?.node;
    }
    default:
      return undefined;
  }
}
