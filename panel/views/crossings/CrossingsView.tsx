import { useMemo, useState } from 'preact/hooks';
import { callersAndCallees } from '../../../src/analysis/crossings.ts';
import type { CrossingRow, NeighbourRow } from '../../../src/analysis/crossings.ts';
import type { Session } from '../../../src/session/model.ts';
import { DataTable } from '../../components/DataTable.tsx';
import type { Column } from '../../components/DataTable.tsx';
import { EmptyState } from '../../components/EmptyState.tsx';
import { formatCount, formatEstimate, formatRate, formatShare } from '../../components/format.ts';
import { figuresOf } from '../../state/figuresOf.ts';
import type { ViewProps } from '../view.ts';

type Direction = 'both' | 'in' | 'out';

const isOut = (session: Session, fn: number): boolean => session.functions[fn]?.kind === 'import';
const direction = (session: Session, fn: number): string => (isOut(session, fn) ? 'wasm → JS' : 'JS → wasm');

/** One row a boundary function, and the callers and callees of the selected one. */
export function CrossingsView({ session, range }: ViewProps) {
  const [text, setText] = useState('');
  const [way, setWay] = useState<Direction>('both');
  const [selected, setSelected] = useState<number | null>(null);
  const { tree: figures, crossings: all } = figuresOf(session, range);
  const name = (fn: number): string => session.functions[fn]?.name ?? '';
  const moduleName = (fn: number): string => session.modules[session.functions[fn]?.module ?? -1]?.name ?? '';
  const rows = useMemo(() => {
    const wanted = text.trim().toLowerCase();
    return all.filter(({ function: fn }) => (way === 'both' || isOut(session, fn) === (way === 'out'))
      && (wanted === '' || `${moduleName(fn)} ${name(fn)}`.toLowerCase().includes(wanted)));
  }, [all, text, way]);
  const columns = useMemo((): Column<CrossingRow>[] => {
    const most = Math.max(...all.map(({ share }) => share), 1e-9);
    const reason = (row: CrossingRow) => session.functions[row.function]?.notMeasured ?? null;
    const figure = (row: CrossingRow, shown: string) => (reason(row) ? <span class="dim" title={reason(row) ?? ''}>not measured</span> : row.calls === 0 ? <span class="dim">–</span> : shown);
    return [
      { key: 'name', title: 'Function', width: 'minmax(200px, 2fr)', cell: ({ function: fn }) => <span title={`${name(fn)} ${session.functions[fn]?.signature ?? ''}`}>{name(fn)}</span>, sort: ({ function: fn }) => name(fn) },
      { key: 'direction', title: 'Direction', width: '86px', cell: ({ function: fn }) => direction(session, fn), sort: ({ function: fn }) => direction(session, fn) },
      { key: 'module', title: 'Module', width: '140px', cell: ({ function: fn }) => <span title={moduleName(fn)}>{moduleName(fn)}</span>, sort: ({ function: fn }) => moduleName(fn) },
      { key: 'calls', title: 'Calls', width: '100px', number: true, cell: (row) => (reason(row) ? <span class="dim" title={reason(row) ?? ''}>not measured</span> : formatCount(row.calls)), sort: ({ calls }) => calls },
      { key: 'rate', title: 'Calls/s', width: '90px', number: true, cell: (row) => figure(row, formatRate(row.callsPerSecond)), sort: ({ calls }) => calls },
      { key: 'self', title: 'Self', width: '140px', number: true, cell: (row) => figure(row, formatEstimate(row.self)), sort: ({ self }) => self.value },
      { key: 'total', title: 'Total', width: '140px', number: true, cell: (row) => figure(row, formatEstimate(row.total)), sort: ({ total }) => total.value },
      { key: 'call', title: 'A call', width: '140px', number: true, cell: (row) => figure(row, formatEstimate(row.perCall, 1e-6)), sort: ({ perCall }) => perCall.value },
      { key: 'share', title: 'Share of time', width: '130px', number: true, cell: (row) => figure(row, formatShare(row.share)) === formatShare(row.share) ? <><i class="bar" style={{ width: `${(row.share / most) * 60}px` }} /> {formatShare(row.share)}</> : figure(row, ''), sort: ({ share }) => share },
    ];
  }, [session, all]);

  if (session.functions.length === 0) {
    return (
      <EmptyState title="No calls across the border">
        <p>No module with imports or exports was instantiated while this was recorded. Use Record, which reloads the page, so that the agent is there before the page’s first script.</p>
      </EmptyState>
    );
  }
  return (
    <div class="split">
      <div class="table">
        <div class="table-tools">
          <input type="search" aria-label="Filter functions" placeholder="Filter by function or module" value={text} onInput={(event) => setText(event.currentTarget.value)} />
          <select aria-label="Direction" value={way} onChange={(event) => setWay(event.currentTarget.value as Direction)}>
            <option value="both">Both directions</option>
            <option value="in">JS → wasm</option>
            <option value="out">wasm → JS</option>
          </select>
          <span class="dim">{formatCount(rows.length)} of {formatCount(all.length)} functions, {formatCount(rows.reduce((sum, { calls }) => sum + calls, 0))} calls; ± is the 95 % interval</span>
        </div>
        <DataTable label="Boundary functions" rows={rows} columns={columns} keyOf={(row) => row.function} selected={selected} onSelect={(row) => setSelected(row.function)} sortBy="self" empty="No function matches the filter." />
      </div>
      <div class="details">
        {selected === null
          ? <EmptyState title="Select a function"><p>Its callers and callees across the border show here.</p></EmptyState>
          : <Neighbours session={session} fn={selected} neighbours={callersAndCallees(session, selected, range, figures)} onSelect={setSelected} />}
      </div>
    </div>
  );
}

function Neighbours({ session, fn, neighbours, onSelect }: {
  session: Session;
  fn: number;
  neighbours: { callers: NeighbourRow[]; callees: NeighbourRow[] };
  onSelect(fn: number): void;
}) {
  const columns: Column<NeighbourRow>[] = [
    { key: 'name', title: 'Function', width: 'minmax(160px, 1fr)', cell: ({ function: other }) => (other < 0 ? <span class="dim">JavaScript, top level</span> : session.functions[other]?.name), sort: ({ function: other }) => session.functions[other]?.name ?? '' },
    { key: 'calls', title: 'Calls', width: '100px', number: true, cell: ({ calls }) => formatCount(calls), sort: ({ calls }) => calls },
    { key: 'total', title: 'Total', width: '150px', number: true, cell: ({ total }) => formatEstimate(total), sort: ({ total }) => total.value },
  ];
  const name = session.functions[fn]?.name ?? '';
  const select = (row: NeighbourRow): void => {
    if (row.function >= 0) onSelect(row.function);
  };
  return (
    <div class="columns">
      <section aria-label="Callers">
        <h2>Callers of {name}</h2>
        <DataTable label="Callers" rows={neighbours.callers} columns={columns} keyOf={(row) => row.function} sortBy="total" onSelect={select} empty="It was not called." />
      </section>
      <section aria-label="Callees">
        <h2>Called by {name} across the border</h2>
        <DataTable label="Callees" rows={neighbours.callees} columns={columns} keyOf={(row) => row.function} sortBy="total" onSelect={select} empty="It calls nothing across the border." />
      </section>
    </div>
  );
}
