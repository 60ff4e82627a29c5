import type { DiffNode } from '../../../src/compare/diffTree.ts';

/** A node as drawn: `x` and `width` from 0 to 1, `depth` in rows. */
export interface DiffBox {
  node: DiffNode;
  depth: number;
  x: number;
  width: number;
  /** Null at the top. */
  parent: DiffBox | null;
}

/** Narrower boxes, as a part of the whole width, are left out with what is beneath them. */
const LEAST = 0.004;

/** The boxes beneath a node, itself first, parents before their children. */
export function diffBoxes(top: DiffNode): DiffBox[] {
  const boxes: DiffBox[] = [{ node: top, depth: 0, x: 0, width: 1, parent: null }];
  // Boxes are added while this runs: children after their parents.
  for (const parent of boxes) {
    const { children } = parent.node;
    // Total times are estimates: children that exceed their parent together are made to fit.
    const whole = Math.max(
      weight(parent.node),
      children.reduce((sum, child) => sum + weight(child), 0),
    );
    let { x } = parent;
    for (const node of children) {
      const width = whole > 0 ? (parent.width * weight(node)) / whole : 0;
      if (width >= LEAST) boxes.push({ node, depth: parent.depth + 1, x, width, parent });
      x += width;
    }
  }
  return boxes;
}

const weight = ({ baseline, candidate }: DiffNode): number => (baseline + candidate) / 2;

/** The box that an arrow key leads to; undefined for none. */
export function stepTo(boxes: readonly DiffBox[], from: DiffBox, key: string): DiffBox | undefined {
  const row = boxes.filter(({ depth }) => depth === from.depth).sort((a, b) => a.x - b.x);
  const place = row.indexOf(from);
  switch (key) {
    case 'ArrowRight':
      return row[place + 1];
    case 'ArrowLeft':
      return row[place - 1];
    case 'ArrowUp':
      return from.parent ?? undefined;
    case 'ArrowDown':
      return boxes.find(({ parent }) => parent === from);
    default:
      return undefined;
  }
}
