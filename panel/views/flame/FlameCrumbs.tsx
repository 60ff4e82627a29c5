import type { NodeIndex, Session } from '../../../src/session/model.ts';
import type { FlameTree } from './flameLayout.ts';
import { lineage } from './flameLayout.ts';
import { labelOf } from './nodeFacts.ts';

/** The way from everything down to what is zoomed into; each step zooms out to itself. */
export function FlameCrumbs({
  session,
  tree,
  node,
  onZoom,
}: {
  session: Session;
  tree: FlameTree;
  node: NodeIndex | null;
  onZoom(node: NodeIndex | null): void;
}) {
  // A single realm is everything.
  const single = tree.roots.length === 1;
  const way = (node === null ? [] : lineage(tree, node)).slice(single ? 1 : 0);
  return (
    <nav class="crumbs" aria-label="Zoomed into">
      <ol>
        {[null, ...way].map((step, at) => (
          <li key={step ?? -1}>
            <button
              type="button"
              {...(at === way.length ? { 'aria-current': 'true' as const } : {})}
              onClick={() => onZoom(step)}
            >
              {step === null ? 'All crossings' : labelOf(session, step)}
            </button>
          </li>
        ))}
      </ol>
    </nav>
  );
}
