import type { RefObject } from 'preact';
import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { TreeFigures } from '../../../src/analysis/treeFigures.ts';
import type { NodeIndex, Session } from '../../../src/session/model.ts';
import { useSize } from '../../components/useSize.ts';
import { drawFlame, ROW } from './drawFlame.ts';
import { FlameTip } from './FlameTip.tsx';
import { flameKeys } from './flameKeys.ts';
import type { FlameBox, FlameTree, FlameWindow } from './flameLayout.ts';
import { flameBoxes, lineage } from './flameLayout.ts';
import type { Found } from './flameSearch.ts';
import type { FlameZoom } from './flameZoom.ts';
import { nodeKind, nodeLabel } from './nodeLabel.ts';
import { useFlamePointer } from './useFlamePointer.ts';

interface Props {
  session: Session;
  tree: FlameTree;
  figures: TreeFigures;
  window: FlameWindow;
  zoom: FlameZoom;
  onZoom(change: FlameZoom | ((zoom: FlameZoom) => FlameZoom)): void;
  selected: NodeIndex | null;
  onSelect(node: NodeIndex): void;
  /** Null without a search. */
  found: Found | null;
}

/** Narrower boxes are merged, CSS pixels. */
const LEAST = 0.6;

/** The flame graph's canvas, with the box under the pointer marked and described. */
export function FlameGraph(props: Props) {
  const { session, tree, figures, window, onSelect, onZoom } = props;
  const [stage, size] = useSize<HTMLDivElement>(true);
  const [scroll, setScroll] = useState(0);
  const boxes = useMemo(
    () => (size.width > 0 ? flameBoxes(tree, window, LEAST / size.width) : []),
    [tree, window, size.width],
  );
  const rows = useMemo(
    () => boxes.reduce((most, { depth }) => Math.max(most, depth + 1), 0),
    [boxes],
  );
  const canvas = useDrawnCanvas(props, boxes, scroll, size);

  function select(node: NodeIndex): void {
    onSelect(node);
    if (stage.current) scrollToRow(stage.current, lineage(tree, node).length - 1);
  }
  const { hover, ...pointer } = useFlamePointer({ tree, boxes, stage, scroll, select, onZoom });
  const keys = flameKeys({ ...props, boxes, select });
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
        style={{ height: `${size.height}px`, cursor: hover === null ? 'default' : 'pointer' }}
        {...pointer}
        onKeyDown={keys}
      />
      <div style={{ height: `${Math.max(rows * ROW - size.height, 0)}px` }} />
      {/* Not on the canvas: the pointer moves far more often than the graph needs to be drawn. */}
      {hover && <div class="flame-hover" style={boxStyle(hover.box)} />}
      {hover && <FlameTip session={session} tree={tree} figures={figures} {...hover} />}
    </div>
  );
}

/** A canvas that is drawn anew whenever what it shows changes. */
function useDrawnCanvas(
  { session, found, selected }: Props,
  boxes: readonly FlameBox[],
  scroll: number,
  size: { width: number; height: number },
): RefObject<HTMLCanvasElement | null> {
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    if (!canvas.current) return;
    const functionOf = (node: NodeIndex): number => session.nodes.function[node] ?? -1;
    drawFlame(canvas.current, boxes, scroll, {
      label: (node) => nodeLabel(session, node),
      kind: (node) => nodeKind(session, node),
      shade: functionOf,
      faded: (node) => found !== null && found.functions[functionOf(node)] !== 1,
      selected,
    });
  }, [boxes, scroll, size, selected, found, session]);
  return canvas;
}

const boxStyle = ({ x, width, depth }: FlameBox) => ({
  left: `${x * 100}%`,
  width: `${width * 100}%`,
  top: `${depth * ROW}px`,
  height: `${ROW - 1}px`,
});

function scrollToRow(stage: HTMLElement, depth: number): void {
  const top = depth * ROW;
  if (top < stage.scrollTop) stage.scrollTop = top;
  else if (top + ROW > stage.scrollTop + stage.clientHeight)
    stage.scrollTop = top + ROW - stage.clientHeight;
}
