import { SessionCharts } from '../../charts/SessionCharts.tsx';
import type { ViewProps } from '../view.ts';
import { Conditions } from './Conditions.tsx';
import { Figures } from './Figures.tsx';
import { MarksLane } from './MarksLane.tsx';
import { RealmLanes } from './RealmLanes.tsx';

/**
 * The session at a glance: figures, everything that happened over one time axis, and the
 * conditions.
 */
export function OverviewView({ session, range, onRange, onRealm }: ViewProps) {
  return (
    <div>
      <Figures session={session} />
      <div class="charts">
        <MarksLane session={session} />
        <RealmLanes session={session} onRealm={onRealm} />
        <SessionCharts session={session} range={range} onRange={onRange} />
      </div>
      <Conditions session={session} />
    </div>
  );
}
