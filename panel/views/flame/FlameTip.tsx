import { useLayoutEffect, useRef } from 'preact/hooks';
import type { TreeFigures } from '../../../src/analysis/treeFigures.ts';
import type { Session } from '../../../src/session/model.ts';
import { formatCount } from '../../../src/text/format.ts';
import type { FlameBox, FlameTree } from './flameLayout.ts';
import { labelOf, nodeFacts, placeOfNode } from './nodeFacts.ts';

/** Room between the pointer and the tip, CSS pixels. */
const APART = 14;

/** What the pointer is on. It follows the pointer and stays within the window. */
export function FlameTip({
  session,
  tree,
  figures,
  box,
  x,
  y,
}: {
  session: Session;
  tree: FlameTree;
  figures: TreeFigures;
  box: FlameBox;
  x: number;
  y: number;
}) {
  const tip = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    const element = tip.current;
    if (!element) return;
    if (!element.matches(':popover-open')) element.showPopover();
    const { offsetWidth, offsetHeight } = element;
    const left = x + APART + offsetWidth > innerWidth ? x - APART - offsetWidth : x + APART;
    const top = y + APART + offsetHeight > innerHeight ? y - APART - offsetHeight : y + APART;
    element.style.left = `${Math.max(left, 0)}px`;
    element.style.top = `${Math.max(top, 0)}px`;
  });
  return (
    <div class="flame-tip" ref={tip} popover="manual" aria-hidden="true">
      {box.merged === undefined ? (
        <>
          <b>{labelOf(session, box.node)}</b>
          <div class="dim">{placeOfNode(session, box.node)}</div>
          <dl>
            {nodeFacts(tree, figures, box.node).flatMap(([name, value]) => [
              <dt key={name}>{name}</dt>,
              <dd key={`${name} value`}>{value}</dd>,
            ])}
          </dl>
        </>
      ) : (
        <span>{formatCount(box.merged)} more, each too narrow to draw. Zoom in to see them.</span>
      )}
    </div>
  );
}
