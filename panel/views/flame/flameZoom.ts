import type { NodeIndex } from '../../../src/session/model.ts';
import type { FlameTree, FlameWindow } from './flameLayout.ts';
import { childrenOf, extentOf, WHOLE } from './flameLayout.ts';

/**
 * What of a flame graph is in sight: a stretch of one node's width, so that it stays with that node
 * when weights change (a recording goes on, another range is selected).
 */
export interface FlameZoom {
  /** Null: everything. */
  node: NodeIndex | null;
  /** Within the node's own width. */
  window: FlameWindow;
}

export const UNZOOMED: FlameZoom = { node: null, window: WHOLE };

/** A deeper zoom is beyond what 64-bit numbers place well. */
const DEEPEST = 1e-9;

export const zoomTo = (node: NodeIndex | null): FlameZoom => ({ node, window: WHOLE });

/** The stretch of the whole graph that is in sight. */
export function windowOf(tree: FlameTree, zoom: FlameZoom): FlameWindow {
  const own = zoom.node === null ? WHOLE : extentOf(tree, zoom.node);
  if (own.width < DEEPEST)
    return own.width > 0 ? { from: Math.min(own.from, 1 - DEEPEST), width: DEEPEST } : WHOLE;
  return within({
    from: own.from + zoom.window.from * own.width,
    width: own.width * zoom.window.width,
  });
}

export const isZoomed = (window: FlameWindow): boolean => window.width < 1 - DEEPEST;

/**
 * Zooms by a factor, less than 1 to see less and larger, about a point that keeps its place.
 * @param at the point, 0 to 1 of what is in sight
 */
export function zoomBy(tree: FlameTree, zoom: FlameZoom, factor: number, at: number): FlameZoom {
  const { from, width } = windowOf(tree, zoom);
  const next = Math.min(Math.max(width * factor, DEEPEST), 1);
  return settled(tree, { from: from + (width - next) * at, width: next });
}

/** Moves what is in sight sideways, by a part of its width. */
export function panBy(tree: FlameTree, zoom: FlameZoom, by: number): FlameZoom {
  const { from, width } = windowOf(tree, zoom);
  return settled(tree, { from: from + by * width, width });
}

const within = ({ from, width }: FlameWindow): FlameWindow => ({
  from: Math.min(Math.max(from, 0), 1 - width),
  width,
});

function settled(tree: FlameTree, window: FlameWindow): FlameZoom {
  const moved = within(window);
  const node = innermost(tree, moved);
  if (node === null) return { node, window: moved };
  const own = extentOf(tree, node);
  return {
    node,
    window: { from: (moved.from - own.from) / own.width, width: moved.width / own.width },
  };
}

/** The deepest node that is as wide as all that is in sight; null where several realms are. */
export function innermost(tree: FlameTree, { from, width }: FlameWindow): NodeIndex | null {
  const slack = width * 1e-6;
  let found: NodeIndex | null = null;
  let row: readonly NodeIndex[] = tree.roots;
  // A parent may be wider than its children together, never narrower, and they begin where it
  // begins.
  for (let x = 0; ; ) {
    let inner: NodeIndex | undefined;
    for (const node of row) {
      const wide = (tree.weight[node] ?? 0) / tree.total;
      if (x > from + slack) break;
      if (x + wide >= from + width - slack) {
        inner = node;
        break;
      }
      x += wide;
    }
    if (inner === undefined) return found;
    found = inner;
    row = childrenOf(tree, inner);
  }
}
