import { useMemo } from 'preact/hooks';
import type { Session } from '../../../src/session/model.ts';
import { countOf } from '../../../src/text/countOf.ts';
import { formatShare } from '../../../src/text/format.ts';
import { Choice } from '../../components/Choice.tsx';
import { DirectionLabel } from '../../components/DirectionLabel.tsx';
import type { FlameTree, FlameWeight } from './flameLayout.ts';
import type { Found } from './flameSearch.ts';
import { foundShare } from './flameSearch.ts';

const WEIGHTS = [
  { id: 'time', label: 'Width: total time' },
  { id: 'calls', label: 'Width: calls' },
] as const;

interface Props {
  session: Session;
  tree: FlameTree;
  text: string;
  onText(text: string): void;
  /** Null without a search. */
  found: Found | null;
  by: FlameWeight;
  onWeight(by: FlameWeight): void;
  /** Null where all crossings are in sight. */
  onZoomOut: (() => void) | null;
}

/** The search and its result, what widths mean, and the way out of a zoom. */
export function FlameTools(props: Props) {
  const { session, tree, found, by, onZoomOut } = props;
  const share = useMemo(
    () => (found ? foundShare(tree, session.nodes.function, found) : 0),
    [tree, session, found],
  );
  return (
    <div class="flame-tools">
      <input
        type="search"
        aria-label="Search functions"
        placeholder="Search functions"
        value={props.text}
        onInput={(event) => props.onText(event.currentTarget.value)}
      />
      {found && (
        <span role="status">
          {countOf(found.count, 'function')}, {formatShare(share)} of all{' '}
          {by === 'time' ? 'time' : 'calls'}
        </span>
      )}
      <Choice label="Width" options={WEIGHTS} chosen={by} onChoose={props.onWeight} />
      <button type="button" disabled={onZoomOut === null} onClick={() => onZoomOut?.()}>
        Zoom out
      </button>
      <span class="legend">
        <span>
          <DirectionLabel direction="in" />
        </span>
        <span>
          <DirectionLabel direction="out" />
        </span>
      </span>
    </div>
  );
}
