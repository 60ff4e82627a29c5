import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { TreeFigures } from '../../../src/analysis/tree.ts';
import type { NodeIndex, Session } from '../../../src/session/model.ts';
import { EmptyState } from '../../components/EmptyState.tsx';
import { formatCount, formatEstimate, formatShare } from '../../components/format.ts';
import { figuresOf } from '../../state/figuresOf.ts';
import type { ViewProps } from '../view.ts';
import { drawFlame, ROW } from './drawFlame.ts';
import { childrenOf, flameBoxes, flameTree, lineage } from './flameLayout.ts';
import type { FlameTree } from './flameLayout.ts';

type Weight = 'time' | 'calls';

/** The crossing tree as a flame graph. Keys: arrows select, Enter zooms in, Backspace out, Escape all the way out. */
export function FlameView({ session, range }: ViewProps) {
  const [by, setBy] = useState<Weight>('time');
  const [text, setText] = useState('');
  const [zoom, setZoom] = useState<NodeIndex | null>(null);
  const [selected, setSelected] = useState<NodeIndex | null>(null);
  const [hovered, setHovered] = useState<NodeIndex | null>(null);
  const [size, setSize] = useState({ width: 0, height: 0 });
  const [scroll, setScroll] = useState(0);
  const stage = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);

  const figures = figuresOf(session, range).tree;
  const tree = useMemo(() => flameTree(session.nodes, figures, by), [session, figures, by]);
  const boxes = useMemo(() => (size.width > 0 ? flameBoxes(tree, zoom, 0.6 / size.width) : []), [tree, zoom, size.width]);
  const rows = useMemo(() => boxes.reduce((most, { depth }) => Math.max(most, depth + 1), 0), [boxes]);
  const found = useMemo(() => matches(session, text), [session, text]);
  const empty = tree.roots.every((node) => tree.weight[node] === 0);

  useEffect(() => {
    const element = stage.current;
    if (!element) return undefined;
    const observer = new ResizeObserver(() => setSize({ width: element.clientWidth, height: element.clientHeight }));
    observer.observe(element);
    return () => observer.disconnect();
  }, [empty]);

  useEffect(() => {
    if (!canvas.current) return;
    drawFlame(canvas.current, boxes, scroll, {
      label: (node) => labelOf(session, node),
      kind: (node) => kindOf(session, node),
      faded: (node) => found !== null && found[session.nodes.function[node] as number] !== 1,
      selected,
    });
  }, [boxes, scroll, size, selected, found, session]);

  if (empty) {
    return (
      <EmptyState title={range ? 'No crossing in this range' : 'No crossing was counted'}>
        <p>{range ? 'Clear the range to see all crossings.' : 'Calls between JavaScript and WebAssembly show here once a module that was loaded during the recording is used.'}</p>
      </EmptyState>
    );
  }

  function nodeAt(event: MouseEvent): NodeIndex | null {
    const element = canvas.current;
    if (!element) return null;
    const area = element.getBoundingClientRect();
    const depth = Math.floor((event.clientY - area.top + scroll) / ROW);
    const x = (event.clientX - area.left) / area.width;
    return boxes.find((box) => box.depth === depth && x >= box.x && x < box.x + box.width)?.node ?? null;
  }

  function keys(event: KeyboardEvent): void {
    const at = selected ?? zoom ?? tree.roots[0] ?? 0;
    const next = neighbour(tree, at, event.key);
    if (next !== undefined) select(next);
    else if (event.key === 'Enter' || event.key === ' ') setZoom(at);
    else if (event.key === 'Backspace') setZoom(zoom === null || (tree.parent[zoom] as number) < 0 ? null : (tree.parent[zoom] as number));
    else if (event.key === 'Escape' && zoom !== null) setZoom(null);
    else return;
    event.preventDefault();
  }

  function select(node: NodeIndex): void {
    setSelected(node);
    const element = stage.current;
    if (!element) return;
    const top = (lineage(tree, node).length - 1) * ROW;
    if (top < element.scrollTop) element.scrollTop = top;
    else if (top + ROW > element.scrollTop + element.clientHeight) element.scrollTop = top + ROW - element.clientHeight;
  }

  const shown = hovered ?? selected;
  return (
    <div class="flame">
      <div class="flame-tools">
        <input type="search" aria-label="Search functions" placeholder="Search functions" value={text} onInput={(event) => setText(event.currentTarget.value)} />
        <label>Width <select value={by} onChange={(event) => setBy(event.currentTarget.value as Weight)}>
          <option value="time">total time</option>
          <option value="calls">calls</option>
        </select></label>
        <button type="button" disabled={zoom === null} onClick={() => setZoom(null)}>Zoom out</button>
        <span class="legend" style={{ padding: 0 }}>
          <span><i class="swatch" style={{ background: 'var(--series-1)' }} />JS → wasm</span>
          <span><i class="swatch" style={{ background: 'var(--series-2)' }} />wasm → JS</span>
        </span>
        {found && <span class="dim">{formatCount(found.reduce((sum, one) => sum + one, 0))} functions found</span>}
      </div>
      <div class="flame-stage" ref={stage} onScroll={(event) => setScroll(event.currentTarget.scrollTop)}>
        {/* biome-ignore lint/a11y/noInteractiveElementToNoninteractiveRole: its keys are its own, described beneath it */}
        <canvas
          ref={canvas} tabIndex={0} role="application" aria-label="Flame graph of crossings" aria-describedby="flame-status"
          style={{ height: `${size.height}px`, cursor: hovered === null ? 'default' : 'pointer' }}
          onMouseMove={(event) => setHovered(nodeAt(event))} onMouseLeave={() => setHovered(null)}
          onClick={(event) => {
            const node = nodeAt(event);
            if (node === null) return;
            select(node);
            setZoom((tree.parent[node] as number) < 0 ? null : node);
          }}
          onKeyDown={keys}
        />
        <div style={{ height: `${Math.max(rows * ROW - size.height, 0)}px` }} />
      </div>
      <div class="flame-status" id="flame-status" aria-live="polite">
        {shown === null
          ? <span class="dim">Click a box to zoom in. Arrow keys select, Enter zooms in, Backspace zooms out.</span>
          : <Figures session={session} figures={figures} tree={tree} node={shown} />}
      </div>
    </div>
  );
}

const labelOf = (session: Session, node: NodeIndex): string => {
  const fn = session.functions[session.nodes.function[node] as number];
  return fn ? fn.name : (session.realms[session.nodes.realm[node] as number]?.url ?? 'page');
};

function kindOf(session: Session, node: NodeIndex): 'root' | 'in' | 'out' {
  const fn = session.functions[session.nodes.function[node] as number];
  if (!fn) return 'root';
  return fn.kind === 'import' ? 'out' : 'in';
}

/** 1 for each function that a search finds; null without a search. */
function matches(session: Session, text: string): Uint8Array | null {
  const wanted = text.trim().toLowerCase();
  if (wanted === '') return null;
  return Uint8Array.from(session.functions, ({ name, module }) =>
    (`${session.modules[module]?.name ?? ''} ${name}`.toLowerCase().includes(wanted) ? 1 : 0));
}

/** Where an arrow key leads; undefined where nowhere or for other keys. */
function neighbour(tree: FlameTree, node: NodeIndex, key: string): NodeIndex | undefined {
  const parent = tree.parent[node] as number;
  switch (key) {
    case 'ArrowUp': return parent >= 0 ? parent : undefined;
    case 'ArrowDown': return childrenOf(tree, node)[0];
    case 'ArrowLeft':
    case 'ArrowRight': {
      const row = parent < 0 ? tree.roots : childrenOf(tree, parent);
      return row[row.indexOf(node) + (key === 'ArrowRight' ? 1 : -1)];
    }
    default: return undefined;
  }
}

function Figures({ session, figures, tree, node }: { session: Session; figures: TreeFigures; tree: FlameTree; node: NodeIndex }) {
  const estimate = (value: Float64Array, variance: Float64Array): string =>
    formatEstimate({ value: value[node] as number, error: Math.sqrt(variance[node] as number) });
  const all = tree.roots.reduce((sum, root) => sum + (tree.weight[root] as number), 0);
  return (
    <span>
      <b>{labelOf(session, node)}</b>{' '}
      <span class="dim">calls</span> {formatCount(figures.calls[node] as number)}{' · '}
      <span class="dim">total</span> {estimate(figures.total, figures.totalVariance)}{' · '}
      <span class="dim">self</span> {estimate(figures.self, figures.selfVariance)}{' · '}
      <span class="dim">of all</span> {formatShare(all > 0 ? (tree.weight[node] as number) / all : 0)}
    </span>
  );
}
