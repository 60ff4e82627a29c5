import type { LineName } from '../../src/analysis/overview/line.ts';
import { overviewLines } from '../../src/analysis/overview/overviewLines.ts';
import { LINE_TEXT } from '../../src/text/lineText.ts';
import { OVERVIEW_TEXT } from '../../src/text/panel/overviewText.ts';
import type { ViewProps } from '../views/view.ts';
import { LINES } from './lines.ts';
import { TimeChart } from './TimeChart.tsx';

type Props = Pick<ViewProps, 'session' | 'range' | 'onRange'> & {
  /** Which lines; all without. */
  only?: readonly LineName[];
};

/** A chart for each of a session's lines that has data, over one time axis. */
export function SessionCharts({ session, range, onRange, only }: Props) {
  const lines = overviewLines(session);
  const theme = document.documentElement.dataset.theme ?? '';
  const shown = LINES.filter(
    ({ key }) => (!only || only.includes(key)) && lines[key].time.length > 0,
  );
  if (shown.length === 0) return <p class="dim charts-empty">{OVERVIEW_TEXT.noData}</p>;
  return (
    <>
      {shown.map(({ key, colour }, index) => (
        <TimeChart
          key={key}
          line={lines[key]}
          text={LINE_TEXT[key]}
          colour={colour}
          duration={session.duration}
          range={range}
          onRange={onRange}
          axis={index === shown.length - 1}
          theme={theme}
        />
      ))}
    </>
  );
}
