import { overviewLines } from '../../../src/analysis/overview/overviewLines.ts';
import type { Session } from '../../../src/session/model.ts';
import { LINE_TEXT } from '../../../src/text/lineText.ts';
import { COMPARE_TEXT } from '../../../src/text/panel/compareText.ts';
import { LINES } from '../../charts/lines.ts';
import { PairChart } from '../../charts/PairChart.tsx';
import { EmptyState } from '../../components/EmptyState.tsx';
import { sessionTitle } from '../../components/sessionTitle.ts';

/** The time series of one run of each side, drawn over each other. */
export function OverlaidLines({ baseline, candidate }: { baseline: Session; candidate: Session }) {
  const lines = { baseline: overviewLines(baseline), candidate: overviewLines(candidate) };
  const shown = LINES.filter(
    ({ key }) => lines.baseline[key].time.length + lines.candidate[key].time.length > 0,
  );
  const theme = document.documentElement.dataset.theme ?? '';
  if (shown.length === 0) {
    return (
      <EmptyState title={COMPARE_TEXT.noSeriesTitle}>
        <p>{COMPARE_TEXT.noSeries}</p>
      </EmptyState>
    );
  }
  return (
    <div>
      <p class="pair-legend dim">
        <i class="pair-line baseline" /> baseline: {sessionTitle(baseline.info)}{' '}
        <i class="pair-line candidate" /> candidate: {sessionTitle(candidate.info)}.{' '}
        {COMPARE_TEXT.firstRuns}
      </p>
      <div class="charts">
        {shown.map(({ key }) => (
          <PairChart
            key={key}
            text={LINE_TEXT[key]}
            baseline={lines.baseline[key]}
            candidate={lines.candidate[key]}
            duration={Math.max(baseline.duration, candidate.duration)}
            theme={theme}
          />
        ))}
      </div>
    </div>
  );
}
