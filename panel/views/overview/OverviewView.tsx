import type { Session } from '../../../src/session/model.ts';
import { SessionCharts } from '../../charts/SessionCharts.tsx';
import { formatBytes, formatCount, formatDuration, formatShare } from '../../components/format.ts';
import type { ViewProps } from '../view.ts';
import { MarksLane } from './MarksLane.tsx';
import { RealmLanes } from './RealmLanes.tsx';
import { Validity } from './Validity.tsx';

/** Everything over one time axis; dragging narrows all views to a range. */
export function OverviewView({ session, range, onRange, onRealm }: ViewProps) {
  return (
    <div>
      <Figures session={session} crossings={session.intervals.reduce((sum, { calls }) => sum + calls.reduce((a, b) => a + b, 0), 0)} />
      <div class="charts">
        <MarksLane session={session} />
        <RealmLanes session={session} onRealm={onRealm} />
        <SessionCharts session={session} range={range} onRange={onRange} />
      </div>
      <Validity session={session} />
    </div>
  );
}

function Figures({ session, crossings }: { session: Session; crossings: number }) {
  const bytes = session.memories.reduce((sum, memory) => sum + memory.initialPages, 0)
    + session.growths.reduce((sum, growth) => sum + growth.toPages - growth.fromPages, 0);
  const overhead = session.realms.reduce((sum, { overhead: own }) => sum + own.crossings + own.hooks + own.handover, 0);
  const vitals = new Map(session.spans.filter(({ kind }) => kind === 'vital').map((span) => [span.name, span]));
  const rows: [string, string][] = [
    ['Duration', formatDuration(session.duration)],
    ['Modules', formatCount(session.modules.length)],
    ['Crossings', formatCount(crossings)],
    ['Linear memory', formatBytes(bytes * 65536)],
    ['Requests', formatCount(session.requests.length)],
    ...[...vitals.values()].map(({ name, value }): [string, string] => [name, name === 'CLS' ? (value ?? 0).toFixed(3) : formatDuration(value)]),
    ['Wasmscope’s own cost', `${formatDuration(overhead)} (${formatShare(session.duration > 0 ? overhead / session.duration : 0)})`],
  ];
  return (
    <dl class="figures">
      {rows.map(([name, value]) => <div key={name}><dt>{name}</dt><dd>{value}</dd></div>)}
    </dl>
  );
}
