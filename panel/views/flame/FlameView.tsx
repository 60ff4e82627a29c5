import { useMemo, useState } from 'preact/hooks';
import type { TreeFigures } from '../../../src/analysis/treeFigures.ts';
import type { NodeIndex, Session } from '../../../src/session/model.ts';
import { FLAME_TEXT } from '../../../src/text/panel/flameText.ts';
import { EmptyState } from '../../components/EmptyState.tsx';
import { figuresOf } from '../../state/figuresOf.ts';
import type { ViewProps } from '../view.ts';
import { FlameCrumbs } from './FlameCrumbs.tsx';
import { FlameGraph } from './FlameGraph.tsx';
import { FlameTools } from './FlameTools.tsx';
import type { FlameTree, FlameWeight } from './flameLayout.ts';
import { flameTree } from './flameLayout.ts';
import { searchFunctions } from './flameSearch.ts';
import type { FlameZoom } from './flameZoom.ts';
import { isZoomed, UNZOOMED, windowOf, zoomTo } from './flameZoom.ts';
import { nodeFacts } from './nodeFacts.ts';
import { nodeLabel, nodePlace } from './nodeLabel.ts';

/** The crossing tree as a flame graph, by time or by calls. */
export function FlameView({ session, range }: ViewProps) {
  const [by, setBy] = useState<FlameWeight>('time');
  const [text, setText] = useState('');
  const [zoom, setZoom] = useState<FlameZoom>(UNZOOMED);
  const [selected, setSelected] = useState<NodeIndex | null>(null);
  const figures = figuresOf(session, range).tree;
  const tree = useMemo(() => flameTree(session.nodes, figures, by), [session, figures, by]);
  const window = useMemo(() => windowOf(tree, zoom), [tree, zoom]);
  const found = useMemo(() => searchFunctions(session, text), [session, text]);
  if (tree.total === 0) {
    return (
      <EmptyState title={range ? FLAME_TEXT.emptyRangeTitle : FLAME_TEXT.emptyTitle}>
        <p>{range ? FLAME_TEXT.emptyRange : FLAME_TEXT.empty}</p>
      </EmptyState>
    );
  }
  const zoomed = isZoomed(window);
  return (
    <div class="flame">
      <FlameTools
        session={session}
        tree={tree}
        text={text}
        onText={setText}
        found={found}
        by={by}
        onWeight={setBy}
        onZoomOut={zoomed ? () => setZoom(UNZOOMED) : null}
      />
      <FlameCrumbs
        session={session}
        tree={tree}
        node={zoomed ? zoom.node : null}
        onZoom={(node) => setZoom(zoomTo(node))}
      />
      <FlameGraph
        session={session}
        tree={tree}
        figures={figures}
        window={window}
        zoom={zoom}
        onZoom={setZoom}
        selected={selected}
        onSelect={setSelected}
        found={found}
      />
      <div class="flame-status" id="flame-status" aria-live="polite">
        {selected !== null && selected < tree.weight.length ? (
          <NodeStatus session={session} tree={tree} figures={figures} node={selected} />
        ) : (
          <span class="dim">{FLAME_TEXT.hint}</span>
        )}
      </div>
    </div>
  );
}

function NodeStatus({
  session,
  tree,
  figures,
  node,
}: {
  session: Session;
  tree: FlameTree;
  figures: TreeFigures;
  node: NodeIndex;
}) {
  return (
    <span>
      <b>{nodeLabel(session, node)}</b> <span class="dim">{nodePlace(session, node)}</span>
      {nodeFacts(tree, figures, node).map(([name, value]) => (
        <span key={name}>
          {' '}
          · <span class="dim">{name}</span> {value}
        </span>
      ))}
    </span>
  );
}
