import { useLayoutEffect, useRef } from 'preact/hooks';
import type { TreeFigures } from '../../../src/analysis/treeFigures.ts';
import type { Session } from '../../../src/session/model.ts';
import { FLAME_TEXT } from '../../../src/text/panel/flameText.ts';
import type { FlameBox, FlameTree } from './flameLayout.ts';
import { nodeFacts } from './nodeFacts.ts';
import { nodeLabel, nodePlace } from './nodeLabel.ts';

/** Room between the pointer and the tip, CSS pixels. */
const GAP = 14;

interface Props {
  session: Session;
  tree: FlameTree;
  figures: TreeFigures;
  box: FlameBox;
  /** Where the pointer is in the window, CSS pixels. */
  x: number;
  y: number;
}

/** The figures of the box under the pointer. It follows the pointer and stays within the window. */
export function FlameTip({ session, tree, figures, box, x, y }: Props) {
  const tip = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    const element = tip.current;
    if (!element) return;
    if (!element.matches(':popover-open')) element.showPopover();
    element.style.left = `${beside(x, element.offsetWidth, innerWidth)}px`;
    element.style.top = `${beside(y, element.offsetHeight, innerHeight)}px`;
  });
  return (
    <div class="flame-tip" ref={tip} popover="manual" aria-hidden="true">
      {box.merged === undefined ? (
        <>
          <b>{nodeLabel(session, box.node)}</b>
          <div class="dim">{nodePlace(session, box.node)}</div>
          <dl>
            {nodeFacts(tree, figures, box.node).flatMap(([name, value]) => [
              <dt key={name}>{name}</dt>,
              <dd key={`${name} value`}>{value}</dd>,
            ])}
          </dl>
        </>
      ) : (
        <span>{FLAME_TEXT.merged(box.merged)}</span>
      )}
    </div>
  );
}

/** After the pointer, or before it where there is no room. */
function beside(pointer: number, size: number, room: number): number {
  const after = pointer + GAP;
  return Math.max(after + size > room ? pointer - GAP - size : after, 0);
}
