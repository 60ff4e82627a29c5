import { memoryFigures } from '../../../src/analysis/memoryFigures.ts';
import { overheadOf } from '../../../src/analysis/validity/overheadOf.ts';
import type { Session } from '../../../src/session/model.ts';
import { formatBytes, formatCount, formatDuration, formatShare } from '../../../src/text/format.ts';
import { SessionCharts } from '../../charts/SessionCharts.tsx';
import type { ViewProps } from '../view.ts';
import { MarksLane } from './MarksLane.tsx';
import { RealmLanes } from './RealmLanes.tsx';
import { Validity } from './Validity.tsx';

/** Everything over one time axis; dragging narrows all views to a range. */
export function OverviewView({ session, range, onRange, onRealm }: ViewProps) {
  return (
    <div>
      <Figures
        session={session}
        crossings={session.intervals.reduce(
          (sum, { calls }) => sum + calls.reduce((a, b) => a + b, 0),
          0,
        )}
      />
      <div class="charts">
        <MarksLane session={session} />
        <RealmLanes session={session} onRealm={onRealm} />
        <SessionCharts session={session} range={range} onRange={onRange} />
      </div>
      <Validity session={session} />
    </div>
  );
}

/** What is not said by the name alone. */
const MEANINGS: Record<string, string> = {
  'Own cost': 'What Wasmscope itself took of the page’s time',
  TTFB: 'Time to first byte: until the page’s first bytes came',
  FCP: 'First contentful paint: until the page showed its first text or picture',
  LCP: 'Largest contentful paint: until the page showed its largest text or picture',
  CLS: 'Cumulative layout shift: how much the page’s parts jumped about, without a unit; up to 0.1 is good',
  INP: 'Interaction to next paint: how long the page took to answer clicks and keys',
};

/** In the order in which a page comes to have them, whichever was heard of first. */
const ORDER = Object.keys(MEANINGS);

function Figures({ session, crossings }: { session: Session; crossings: number }) {
  const memory = memoryFigures(session).reduce((sum, { bytes }) => sum + bytes, 0);
  const own = overheadOf(session);
  const vitals = new Map(
    session.spans.filter(({ kind }) => kind === 'vital').map((span) => [span.name, span]),
  );
  const rows: [string, string][] = [
    ['Duration', formatDuration(session.duration)],
    ['Modules', formatCount(session.modules.filter(({ same }) => same === null).length)],
    ['Crossings', formatCount(crossings)],
    ['Linear memory', formatBytes(memory)],
    ['Requests', formatCount(session.requests.length)],
    ...[...vitals.values()]
      .sort((a, b) => ORDER.indexOf(a.name) - ORDER.indexOf(b.name))
      .map(({ name, value }): [string, string] => [
        name,
        name === 'CLS' ? (value ?? 0).toFixed(3) : formatDuration(value),
      ]),
    ['Own cost', `${formatDuration(own.time)} (${formatShare(own.share)})`],
  ];
  return (
    <dl class="figures">
      {rows.map(([name, value]) => (
        <div key={name} title={MEANINGS[name]}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
