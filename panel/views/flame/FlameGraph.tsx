import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { TreeFigures } from '../../../src/analysis/treeFigures.ts';
import type { NodeIndex, Session } from '../../../src/session/model.ts';
import { useSize } from '../../components/useSize.ts';
import { drawFlame, ROW } from './drawFlame.ts';
import { FlameTip } from './FlameTip.tsx';
import type { FlameBox, FlameTree, FlameWindow } from './flameLayout.ts';
import { flameBoxes, lineage } from './flameLayout.ts';
import type { Found } from './flameSearch.ts';
import { boxAt, stepFrom } from './flameSteps.ts';
import type { FlameZoom } from './flameZoom.ts';
import { isZoomed, panBy, UNZOOMED, zoomBy, zoomTo } from './flameZoom.ts';
import { kindOf, labelOf } from './nodeFacts.ts';

interface Props {
  session: Session;
  tree: FlameTree;
  figures: TreeFigures;
  window: FlameWindow;
  zoom: FlameZoom;
  onZoom(change: FlameZoom | ((zoom: FlameZoom) => FlameZoom)): void;
  selected: NodeIndex | null;
  onSelect(node: NodeIndex): void;
  found: Found | null;
}

interface Hover {
  box: FlameBox;
  /** In the browser's window, CSS pixels. */
  x: number;
  y: number;
}

/** Narrower boxes are merged, CSS pixels. */
const LEAST = 0.6;
/** How far the pointer moves before a press is a drag, CSS pixels. */
const DRAG = 4;
const KEY_ZOOM = 0.6;

/** The canvas. Keys: arrows select, Enter zooms in, Backspace to the caller, Escape all the way out, + and − by steps. */
export function FlameGraph(props: Props) {
  const { session, tree, figures, window, zoom, onZoom, selected, onSelect, found } = props;
  const [stage, size] = useSize<HTMLDivElement>(true);
  const [hover, setHover] = useState<Hover | null>(null);
  const [scroll, setScroll] = useState(0);
  const canvas = useRef<HTMLCanvasElement>(null);
  const press = useRef<{ x: number; dragged: boolean } | null>(null);

  const boxes = useMemo(
    () => (size.width > 0 ? flameBoxes(tree, window, LEAST / size.width) : []),
    [tree, window, size.width],
  );
  const rows = useMemo(
    () => boxes.reduce((most, { depth }) => Math.max(most, depth + 1), 0),
    [boxes],
  );
  // A box of an earlier layout is not there any more.
  const hovered = hover && boxes.includes(hover.box) ? hover : null;

  useEffect(() => {
    if (!canvas.current) return;
    drawFlame(canvas.current, boxes, scroll, {
      label: (node) => labelOf(session, node),
      kind: (node) => kindOf(session, node),
      shade: (node) => session.nodes.function[node] as number,
      faded: (node) =>
        found !== null && found.functions[session.nodes.function[node] as number] !== 1,
      selected,
    });
  }, [boxes, scroll, size, selected, found, session]);

  /** From 0, left, to 1. */
  function across(event: MouseEvent): number {
    const area = (event.currentTarget as HTMLElement).getBoundingClientRect();
    return (event.clientX - area.left) / area.width;
  }

  function under(event: MouseEvent): FlameBox | undefined {
    const area = (event.currentTarget as HTMLElement).getBoundingClientRect();
    return boxAt(boxes, Math.floor((event.clientY - area.top + scroll) / ROW), across(event));
  }

  function select(node: NodeIndex): void {
    onSelect(node);
    const element = stage.current;
    if (!element) return;
    const top = (lineage(tree, node).length - 1) * ROW;
    if (top < element.scrollTop) element.scrollTop = top;
    else if (top + ROW > element.scrollTop + element.clientHeight)
      element.scrollTop = top + ROW - element.clientHeight;
  }

  function move(event: PointerEvent): void {
    const from = press.current;
    if (from && event.buttons === 1 && (from.dragged || Math.abs(event.clientX - from.x) > DRAG)) {
      const by = (from.x - event.clientX) / Math.max(size.width, 1);
      press.current = { x: event.clientX, dragged: true };
      setHover(null);
      onZoom((known) => panBy(tree, known, by));
      return;
    }
    const box = under(event);
    setHover(box ? { box, x: event.clientX, y: event.clientY } : null);
  }

  function click(event: MouseEvent): void {
    const { dragged } = press.current ?? { dragged: false };
    press.current = null;
    const box = dragged ? undefined : under(event);
    if (!box) return;
    if (box.merged === undefined) {
      select(box.node);
      onZoom(zoomTo(box.node));
    } else {
      // What was too narrow is as wide as all that is in sight.
      onZoom((known) => zoomBy(tree, known, box.width, box.x / Math.max(1 - box.width, 1e-9)));
    }
  }

  function wheel(event: WheelEvent): void {
    event.preventDefault();
    const at = across(event);
    if (event.shiftKey) {
      if (stage.current) stage.current.scrollTop += event.deltaY || event.deltaX;
    } else if (Math.abs(event.deltaX) > Math.abs(event.deltaY)) {
      onZoom((known) => panBy(tree, known, event.deltaX / Math.max(size.width, 1)));
    } else {
      // A pinch comes as a wheel with Ctrl, in far smaller steps.
      const factor = Math.exp(event.deltaY * (event.ctrlKey ? 0.01 : 0.002));
      onZoom((known) => zoomBy(tree, known, factor, at));
    }
  }

  function keys(event: KeyboardEvent): void {
    const at =
      selected ?? zoom.node ?? tree.roots.find((root) => (tree.weight[root] as number) > 0) ?? 0;
    const box = boxes.find(({ node, merged }) => node === at && merged === undefined);
    const middle = box ? box.x + box.width / 2 : 0.5;
    const next = stepFrom(tree, boxes, at, event.key);
    if (next !== undefined) select(next);
    else if (event.key === 'Enter' || event.key === ' ') onZoom(zoomTo(at));
    else if (event.key === '+' || event.key === '=')
      onZoom((known) => zoomBy(tree, known, KEY_ZOOM, middle));
    else if (event.key === '-') onZoom((known) => zoomBy(tree, known, 1 / KEY_ZOOM, middle));
    else if (event.key === 'Backspace' && zoom.node !== null) onZoom(outOf(tree, zoom));
    else if (event.key === 'Escape' && isZoomed(window)) onZoom(UNZOOMED);
    else return;
    event.preventDefault();
  }

  return (
    <div
      class="flame-stage"
      ref={stage}
      onScroll={(event) => setScroll(event.currentTarget.scrollTop)}
    >
      {/* biome-ignore lint/a11y/noInteractiveElementToNoninteractiveRole: its keys are its own, described beneath it */}
      <canvas
        ref={canvas}
        tabIndex={0}
        role="application"
        aria-label="Flame graph of crossings"
        aria-describedby="flame-status"
        style={{ height: `${size.height}px`, cursor: hovered === null ? 'default' : 'pointer' }}
        onPointerDown={(event) => {
          press.current = { x: event.clientX, dragged: false };
        }}
        onPointerMove={move}
        onPointerLeave={() => setHover(null)}
        onClick={click}
        onWheel={wheel}
        onKeyDown={keys}
      />
      <div style={{ height: `${Math.max(rows * ROW - size.height, 0)}px` }} />
      {/* An element of its own: the pointer moves far more often than the graph is to be drawn. */}
      {hovered && (
        <div
          class="flame-hover"
          style={{
            left: `${hovered.box.x * 100}%`,
            width: `${hovered.box.width * 100}%`,
            top: `${hovered.box.depth * ROW}px`,
            height: `${ROW - 1}px`,
          }}
        />
      )}
      {hovered && (
        <FlameTip
          session={session}
          tree={tree}
          figures={figures}
          box={hovered.box}
          x={hovered.x}
          y={hovered.y}
        />
      )}
    </div>
  );
}

/** One step out: to the whole node where only a part of it is in sight, else to its caller. */
function outOf(tree: FlameTree, { node, window }: FlameZoom): FlameZoom {
  if (node === null || isZoomed(window)) return zoomTo(node);
  const parent = tree.parent[node] as number;
  return zoomTo(parent >= 0 ? parent : null);
}
