import type { NodeIndex, Session } from '../../../src/session/model.ts';
import type { FlameTree } from './flameLayout.ts';
import { lineage } from './flameLayout.ts';
import { nodeLabel } from './nodeLabel.ts';

interface Props {
  session: Session;
  tree: FlameTree;
  /** The node that is zoomed into; null: none. */
  node: NodeIndex | null;
  onZoom(node: NodeIndex | null): void;
}

/**
 * The path from all crossings down to the node that is zoomed into; a click on a step zooms out to
 * it.
 */
export function FlameCrumbs({ session, tree, node, onZoom }: Props) {
  // A single realm is the same as all crossings.
  const omitted = tree.roots.length === 1 ? 1 : 0;
  const path = node === null ? [] : lineage(tree, node).slice(omitted);
  return (
    <nav class="crumbs" aria-label="Zoom path">
      <ol>
        {[null, ...path].map((step, index) => (
          <li key={step ?? -1}>
            <button
              type="button"
              {...(index === path.length ? { 'aria-current': 'true' as const } : {})}
              onClick={() => onZoom(step)}
            >
              {step === null ? 'All crossings' : nodeLabel(session, step)}
            </button>
          </li>
        ))}
      </ol>
    </nav>
  );
}
