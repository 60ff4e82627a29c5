import { useMemo, useState } from 'preact/hooks';
import type { NodeIndex } from '../../../src/session/model.ts';
import { formatCount, formatShare } from '../../../src/text/format.ts';
import { EmptyState } from '../../components/EmptyState.tsx';
import { figuresOf } from '../../state/figuresOf.ts';
import type { ViewProps } from '../view.ts';
import { FlameCrumbs } from './FlameCrumbs.tsx';
import { FlameGraph } from './FlameGraph.tsx';
import { flameTree } from './flameLayout.ts';
import { foundShare, searchFunctions } from './flameSearch.ts';
import type { FlameZoom } from './flameZoom.ts';
import { isZoomed, UNZOOMED, windowOf, zoomTo } from './flameZoom.ts';
import { labelOf, nodeFacts, placeOfNode } from './nodeFacts.ts';

type Weight = 'time' | 'calls';

/** The crossing tree as a flame graph, by time or by calls. */
export function FlameView({ session, range }: ViewProps) {
  const [by, setBy] = useState<Weight>('time');
  const [text, setText] = useState('');
  const [zoom, setZoom] = useState<FlameZoom>(UNZOOMED);
  const [selected, setSelected] = useState<NodeIndex | null>(null);

  const figures = figuresOf(session, range).tree;
  const tree = useMemo(() => flameTree(session.nodes, figures, by), [session, figures, by]);
  const window = useMemo(() => windowOf(tree, zoom), [tree, zoom]);
  const found = useMemo(() => searchFunctions(session, text), [session, text]);
  const share = useMemo(
    () => (found ? foundShare(tree, session.nodes.function, found) : 0),
    [tree, session, found],
  );

  if (tree.total === 0) {
    return (
      <EmptyState title={range ? 'No crossing in this range' : 'No crossing was counted'}>
        <p>
          {range
            ? 'Clear the range to see all crossings.'
            : 'Calls between JavaScript and WebAssembly show here once a module that was loaded during the recording is used.'}
        </p>
      </EmptyState>
    );
  }
  const zoomed = isZoomed(window);
  return (
    <div class="flame">
      <div class="flame-tools">
        <input
          type="search"
          aria-label="Search functions"
          placeholder="Search functions"
          value={text}
          onInput={(event) => setText(event.currentTarget.value)}
        />
        {found && (
          <span role="status">
            {formatCount(found.count)} {found.count === 1 ? 'function' : 'functions'},{' '}
            {formatShare(share)} of all {by === 'time' ? 'time' : 'calls'}
          </span>
        )}
        <label>
          Width{' '}
          <select value={by} onChange={(event) => setBy(event.currentTarget.value as Weight)}>
            <option value="time">total time</option>
            <option value="calls">calls</option>
          </select>
        </label>
        <button type="button" disabled={!zoomed} onClick={() => setZoom(UNZOOMED)}>
          Zoom out
        </button>
        <span class="legend">
          <span>
            <i class="swatch in" />
            JS → wasm
          </span>
          <span>
            <i class="swatch out" />
            wasm → JS
          </span>
        </span>
      </div>
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
        {selected === null || !(selected < tree.weight.length) ? (
          <span class="dim">
            Click a box to zoom in; the wheel zooms, with Shift it scrolls. Arrow keys select, Enter
            zooms in, Backspace and Escape out.
          </span>
        ) : (
          <span>
            <b>{labelOf(session, selected)}</b>{' '}
            <span class="dim">{placeOfNode(session, selected)}</span>
            {nodeFacts(tree, figures, selected).map(([name, value]) => (
              <span key={name}>
                {' '}
                · <span class="dim">{name}</span> {value}
              </span>
            ))}
          </span>
        )}
      </div>
    </div>
  );
}
