import type { NodeIndex } from '../../../src/session/model.ts';
import type { FlameBox, FlameTree, FlameWindow } from './flameLayout.ts';
import { stepFrom } from './flameSteps.ts';
import type { FlameZoom } from './flameZoom.ts';
import { isZoomed, UNZOOMED, zoomBy, zoomTo } from './flameZoom.ts';

interface Options {
  tree: FlameTree;
  boxes: readonly FlameBox[];
  window: FlameWindow;
  zoom: FlameZoom;
  selected: NodeIndex | null;
  select(node: NodeIndex): void;
  onZoom(change: FlameZoom | ((zoom: FlameZoom) => FlameZoom)): void;
}

/** How much `+` zooms in. */
const KEY_ZOOM = 0.6;

/**
 * The keys of the flame graph: arrows select a box, Enter zooms in, Backspace out to the caller,
 * Escape all the way out, `+` and `−` by steps.
 */
export function flameKeys(options: Options): (event: KeyboardEvent) => void {
  const { tree, boxes, window, zoom, selected, select, onZoom } = options;
  const firstRoot = tree.roots.find((root) => (tree.weight[root] ?? 0) > 0) ?? 0;
  const current = selected ?? zoom.node ?? firstRoot;

  function zoomByStep(factor: number): void {
    const box = boxes.find(({ node, merged }) => node === current && merged === undefined);
    const point = box ? box.x + box.width / 2 : 0.5;
    onZoom((known) => zoomBy(tree, known, factor, point));
  }

  /** @returns whether the key did something */
  function press(key: string): boolean {
    const next = stepFrom(tree, boxes, current, key);
    if (next !== undefined) select(next);
    else if (key === 'Enter' || key === ' ') onZoom(zoomTo(current));
    else if (key === '+' || key === '=') zoomByStep(KEY_ZOOM);
    else if (key === '-') zoomByStep(1 / KEY_ZOOM);
    else if (key === 'Backspace' && zoom.node !== null) onZoom(outOf(tree, zoom));
    else if (key === 'Escape' && isZoomed(window)) onZoom(UNZOOMED);
    else return false;
    return true;
  }
  return (event) => {
    if (press(event.key)) event.preventDefault();
  };
}

/** One step out: to the whole node where only a part of it is in sight, otherwise to its caller. */
function outOf(tree: FlameTree, { node, window }: FlameZoom): FlameZoom {
  if (node === null || isZoomed(window)) return zoomTo(node);
  const parent = tree.parent[node] ?? -1;
  return zoomTo(parent >= 0 ? parent : null);
}
