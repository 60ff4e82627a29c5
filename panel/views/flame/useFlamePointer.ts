import type { RefObject } from 'preact';
import { useRef, useState } from 'preact/hooks';
import type { NodeIndex } from '../../../src/session/model.ts';
import { ROW } from './drawFlame.ts';
import type { FlameBox, FlameTree } from './flameLayout.ts';
import { boxAt } from './flameSteps.ts';
import type { FlameZoom } from './flameZoom.ts';
import { panBy, zoomBy, zoomTo } from './flameZoom.ts';

interface Options {
  tree: FlameTree;
  boxes: readonly FlameBox[];
  /** The element that scrolls the canvas, and how far it is scrolled, CSS pixels. */
  stage: RefObject<HTMLElement | null>;
  scroll: number;
  select(node: NodeIndex): void;
  onZoom(change: FlameZoom | ((zoom: FlameZoom) => FlameZoom)): void;
}

/** The box under the pointer, and where the pointer is in the window, CSS pixels. */
export interface FlameHover {
  box: FlameBox;
  x: number;
  y: number;
}

/** How far the pointer moves before a press is a drag, CSS pixels. */
const DRAG = 4;
/** How much a wheel's pixel zooms; a pinch arrives as a wheel with Ctrl, in far smaller steps. */
const WHEEL_ZOOM = 0.002;
const PINCH_ZOOM = 0.01;

/** A click selects and zooms in, a drag pans, the wheel zooms, with Shift it scrolls. */
export function useFlamePointer({ tree, boxes, stage, scroll, select, onZoom }: Options) {
  const [hover, setHover] = useState<FlameHover | null>(null);
  const press = useRef<{ x: number; dragged: boolean } | null>(null);

  function boxUnder(event: MouseEvent): FlameBox | undefined {
    const { left, top, width } = areaOf(event);
    const row = Math.floor((event.clientY - top + scroll) / ROW);
    return boxAt(boxes, row, (event.clientX - left) / width);
  }

  function onPointerMove(event: PointerEvent): void {
    const { clientX: x, clientY: y } = event;
    const start = press.current;
    const isDrag = event.buttons === 1 && start && (start.dragged || Math.abs(x - start.x) > DRAG);
    if (isDrag) {
      const distance = (start.x - x) / areaOf(event).width;
      press.current = { x, dragged: true };
      setHover(null);
      onZoom((zoom) => panBy(tree, zoom, distance));
      return;
    }
    const box = boxUnder(event);
    setHover(box ? { box, x, y } : null);
  }

  function onClick(event: MouseEvent): void {
    const dragged = press.current?.dragged ?? false;
    press.current = null;
    const box = dragged ? undefined : boxUnder(event);
    if (!box) return;
    if (box.merged === undefined) {
      select(box.node);
      onZoom(zoomTo(box.node));
      return;
    }
    // Boxes that were too narrow to draw then fill the width.
    const point = box.x / Math.max(1 - box.width, 1e-9);
    onZoom((zoom) => zoomBy(tree, zoom, box.width, point));
  }

  function onWheel(event: WheelEvent): void {
    event.preventDefault();
    const { left, width } = areaOf(event);
    if (event.shiftKey) {
      if (stage.current) stage.current.scrollTop += event.deltaY || event.deltaX;
    } else if (Math.abs(event.deltaX) > Math.abs(event.deltaY)) {
      onZoom((zoom) => panBy(tree, zoom, event.deltaX / width));
    } else {
      const factor = Math.exp(event.deltaY * (event.ctrlKey ? PINCH_ZOOM : WHEEL_ZOOM));
      const point = (event.clientX - left) / width;
      onZoom((zoom) => zoomBy(tree, zoom, factor, point));
    }
  }

  return {
    // A box of an earlier layout no longer exists.
    hover: hover && boxes.includes(hover.box) ? hover : null,
    onPointerDown: ({ clientX }: PointerEvent): void => {
      press.current = { x: clientX, dragged: false };
    },
    onPointerMove,
    onPointerLeave: (): void => setHover(null),
    onClick,
    onWheel,
  };
}

/** The canvas in the window; its width is above 0. */
function areaOf({ currentTarget }: Event): { left: number; top: number; width: number } {
  if (!(currentTarget instanceof Element)) return { left: 0, top: 0, width: 1 };
  const { left, top, width } = currentTarget.getBoundingClientRect();
  return { left, top, width: Math.max(width, 1) };
}
