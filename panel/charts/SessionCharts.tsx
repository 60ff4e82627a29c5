import type { OverviewLines } from '../../src/analysis/overview/overviewLines.ts';
import { overviewLines } from '../../src/analysis/overview/overviewLines.ts';
import type { ViewProps } from '../views/view.ts';
import { TimeChart } from './TimeChart.tsx';

const COLOURS: Record<keyof OverviewLines, string> = {
  linearMemory: '--series-1',
  jsHeap: '--series-2',
  workersHeap: '--series-6',
  crossings: '--series-3',
  wasmShare: '--series-4',
  requestsInFlight: '--series-5',
  framesPerSecond: '--series-6',
  eventLoopDelay: '--series-2',
};
const ALL = Object.keys(COLOURS) as (keyof OverviewLines)[];

type Props = Pick<ViewProps, 'session' | 'range' | 'onRange'> & {
  /** Which lines; all without. */
  only?: readonly (keyof OverviewLines)[];
};

/** A session's lines, those of which anything is known, over one time axis. */
export function SessionCharts({ session, range, onRange, only = ALL }: Props) {
  const lines = overviewLines(session);
  const theme = document.documentElement.dataset.theme ?? '';
  const shown = only.filter((key) => lines[key].time.length > 0);
  if (shown.length === 0)
    return (
      <p class="dim" style={{ padding: '0 72px' }}>
        Nothing was recorded yet. Use the page.
      </p>
    );
  return (
    <>
      {shown.map((key, at) => (
        <TimeChart
          key={key}
          line={lines[key]}
          colour={COLOURS[key]}
          duration={session.duration}
          range={range}
          onRange={onRange}
          axis={at === shown.length - 1}
          theme={theme}
        />
      ))}
    </>
  );
}
