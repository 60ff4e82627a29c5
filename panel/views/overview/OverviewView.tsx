import { useMemo } from 'preact/hooks';
import { overviewLines } from '../../../src/analysis/overview.ts';
import type { Session } from '../../../src/session/model.ts';
import { TimeChart } from '../../charts/TimeChart.tsx';
import { formatBytes, formatCount, formatDuration, formatShare } from '../../components/format.ts';
import type { ViewProps } from '../view.ts';
import { MarksLane } from './MarksLane.tsx';
import { RealmLanes } from './RealmLanes.tsx';
import { Validity } from './Validity.tsx';

const CHARTS = [
  { key: 'linearMemory', colour: '--series-1' },
  { key: 'jsHeap', colour: '--series-2' },
  { key: 'crossings', colour: '--series-3' },
  { key: 'wasmShare', colour: '--series-4' },
  { key: 'requestsInFlight', colour: '--series-5' },
  { key: 'framesPerSecond', colour: '--series-6' },
  { key: 'eventLoopDelay', colour: '--series-2' },
] as const;

/** Everything over one time axis; dragging narrows all views to a range. */
export function OverviewView({ session, range, onRange, onRealm }: ViewProps) {
  const lines = useMemo(() => overviewLines(session), [session]);
  const theme = document.documentElement.dataset.theme ?? '';
  const shown = CHARTS.filter(({ key }) => lines[key].at.length > 0);
  return (
    <div>
      <Figures session={session} crossings={session.intervals.reduce((sum, { calls }) => sum + calls.reduce((a, b) => a + b, 0), 0)} />
      <div class="charts">
        <MarksLane session={session} />
        <RealmLanes session={session} onRealm={onRealm} />
        {shown.map(({ key, colour }, at) => (
          <TimeChart
            key={key} line={lines[key]} colour={colour} duration={session.duration} range={range} onRange={onRange}
            axis={at === shown.length - 1} theme={theme}
          />
        ))}
        {shown.length === 0 && <p class="dim" style={{ padding: '0 72px' }}>Nothing was recorded yet. Use the page.</p>}
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
