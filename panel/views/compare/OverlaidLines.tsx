import { useMemo } from 'preact/hooks';
import type { OverviewLines } from '../../../src/analysis/overview.ts';
import { overviewLines } from '../../../src/analysis/overview.ts';
import type { Session } from '../../../src/session/model.ts';
import { PairChart } from '../../charts/PairChart.tsx';
import { EmptyState } from '../../components/EmptyState.tsx';
import { sessionTitle } from '../../components/sessionTitle.ts';

const KEYS: readonly (keyof OverviewLines)[] = [
  'linearMemory',
  'jsHeap',
  'workersHeap',
  'crossings',
  'wasmShare',
  'requestsInFlight',
  'framesPerSecond',
  'eventLoopDelay',
];

/** The time series of one run of each side over each other. */
export function OverlaidLines({ base, head }: { base: Session; head: Session }) {
  const lines = useMemo(
    () => ({ base: overviewLines(base), head: overviewLines(head) }),
    [base, head],
  );
  const shown = KEYS.filter((key) => lines.base[key].at.length + lines.head[key].at.length > 0);
  const theme = document.documentElement.dataset.theme ?? '';
  if (shown.length === 0)
    return (
      <EmptyState title="No time series">
        <p>Neither session lasted long enough to have one.</p>
      </EmptyState>
    );
  return (
    <div>
      <p class="pair-legend dim">
        <i class="pair-line base" /> base: {sessionTitle(base.info)} <i class="pair-line head" />{' '}
        head: {sessionTitle(head.info)}. Of several runs, the first of each side.
      </p>
      <div class="charts">
        {shown.map((key) => (
          <PairChart
            key={key}
            base={lines.base[key]}
            head={lines.head[key]}
            duration={Math.max(base.duration, head.duration)}
            theme={theme}
          />
        ))}
      </div>
    </div>
  );
}
