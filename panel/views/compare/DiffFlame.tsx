import { useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { DiffNode } from '../../../src/compare/diffTree.ts';
import { diffTree } from '../../../src/compare/diffTree.ts';
import type { Session } from '../../../src/session/model.ts';
import { formatChange, formatDuration } from '../../../src/text/format.ts';
import { formatDifference } from '../../../src/text/formatQuantity.ts';
import { COMPARE_TEXT } from '../../../src/text/panel/compareText.ts';
import { EmptyState } from '../../components/EmptyState.tsx';
import type { DiffBox } from './diffLayout.ts';
import { diffBoxes, stepTo } from './diffLayout.ts';

const ROW = 20;

/**
 * The crossing trees of both sides in one: widths show the mean time, colours which side took
 * longer.
 */
export function DiffFlame({
  baseline,
  candidate,
}: {
  baseline: readonly Session[];
  candidate: readonly Session[];
}) {
  const root = useMemo(() => diffTree(baseline, candidate), [baseline, candidate]);
  const [top, setTop] = useState<DiffNode>(root);
  const [selected, setSelected] = useState<DiffNode>(root);
  const boxes = useMemo(() => diffBoxes(top), [top]);
  const zoomed = useRef(top);
  // The focused box has moved, or is gone.
  useLayoutEffect(() => {
    if (zoomed.current === top) return;
    zoomed.current = top;
    document.getElementById(idOf(0))?.focus();
  }, [top]);
  if (root.baseline + root.candidate === 0) {
    return (
      <EmptyState title={COMPARE_TEXT.noCrossingsTitle}>
        <p>{COMPARE_TEXT.noCrossings}</p>
      </EmptyState>
    );
  }
  const rows = boxes.reduce((most, { depth }) => Math.max(most, depth + 1), 0);
  const current = boxes.find(({ node }) => node === selected) ?? boxes[0];

  function focus(box: DiffBox): void {
    setSelected(box.node);
    document.getElementById(idOf(boxes.indexOf(box)))?.focus();
  }
  function keys(event: KeyboardEvent): void {
    if (event.key === 'Escape' && top !== root) {
      setTop(root);
      event.preventDefault();
      return;
    }
    const next = current && stepTo(boxes, current, event.key);
    if (!next) return;
    event.preventDefault();
    focus(next);
  }
  return (
    <div class="diff-flame">
      <div class="flame-tools">
        <span class="dim">{COMPARE_TEXT.flameWidths}</span>
        <button type="button" disabled={top === root} onClick={() => setTop(root)}>
          Zoom out
        </button>
      </div>
      <div class="diff-stage">
        <fieldset
          aria-label="Differential flame graph"
          style={{ height: `${rows * ROW}px` }}
          class="diff-boxes"
          onKeyDown={keys}
        >
          {boxes.map((box, at) => (
            <button
              key={at}
              id={idOf(at)}
              type="button"
              class="diff-box"
              tabIndex={box === current ? 0 : -1}
              aria-label={facts(box.node)}
              title={facts(box.node)}
              style={{
                left: `${box.x * 100}%`,
                width: `${box.width * 100}%`,
                top: `${box.depth * ROW}px`,
                background: colour(box.node),
              }}
              onFocus={() => setSelected(box.node)}
              onClick={() => setTop(box.node)}
            >
              {box.width > 0.02 ? box.node.label : ''}
            </button>
          ))}
        </fieldset>
      </div>
      <p class="flame-status" aria-live="polite">
        {current ? facts(current.node) : ''} <span class="dim">{COMPARE_TEXT.flameKeys}</span>
      </p>
    </div>
  );
}

const idOf = (at: number): string => `diff-box-${at}`;

function facts({ label, baseline, candidate }: DiffNode): string {
  const change = baseline > 0 && candidate > 0 ? ` (${formatChange(candidate / baseline)})` : '';
  return `${label}: ${formatDuration(baseline)} → ${formatDuration(candidate)}, ${formatDifference(candidate - baseline, 'ms')}${change}`;
}

/** From none at no change to full at a change by half. */
function colour({ baseline, candidate }: DiffNode): string {
  const most = Math.max(baseline, candidate);
  const part = most > 0 ? (candidate - baseline) / most : 0;
  const strength = Math.round(Math.min(Math.abs(part) * 2, 1) * 100);
  return `color-mix(in srgb, var(${part > 0 ? '--bad-bg' : '--good-bg'}) ${strength}%, var(--bg-hover))`;
}
