import { useEffect, useRef } from 'preact/hooks';
import type uPlot from 'uplot';
import type { Line } from '../../src/analysis/overview/line.ts';
import type { TimeRange } from '../../src/session/model.ts';
import { OVERVIEW_TEXT } from '../../src/text/panel/overviewText.ts';
import { formatReading } from './lineFormat.ts';
import { timeChartOptions } from './timeChartOptions.ts';
import { usePlot } from './usePlot.ts';

interface Props {
  line: Line;
  /** The CSS custom property that holds the line's colour. */
  colour: string;
  /** Length of the shared time axis, ms. */
  duration: number;
  range: TimeRange | null;
  onRange(range: TimeRange | null): void;
  /** Whether the time axis is drawn beneath. */
  axis: boolean;
  theme: string;
}

/** One line over the session's time. A drag selects a range, a double click clears it. */
export function TimeChart(props: Props) {
  const { line, colour, duration, range, axis, theme } = props;
  const reading = useRef<HTMLSpanElement>(null);
  // The chart outlives many renders while a session is being recorded.
  const latest = useRef(props);
  latest.current = props;
  const { host, plot } = usePlot(
    (width) => ({
      options: timeChartOptions(width, line.unit, colour, axis, {
        duration: () => latest.current.duration,
        onRange: (selected) => latest.current.onRange(selected),
        onReading: (value) => {
          if (reading.current)
            reading.current.textContent = readingText(latest.current.line, value);
        },
      }),
      data: dataOf(line),
    }),
    [colour, axis, theme, line.unit],
  );

  useEffect(() => {
    plot.current?.setData(dataOf(line));
    if (reading.current) reading.current.textContent = readingText(line, null);
  }, [line, duration]);

  useEffect(() => {
    const made = plot.current;
    if (!made) return;
    const left = range ? made.valToPos(range.from / 1000, 'x') : 0;
    const width = range ? made.valToPos(range.to / 1000, 'x') - left : 0;
    made.setSelect({ left, width, top: 0, height: range ? made.over.clientHeight : 0 }, false);
  }, [range, line, duration]);

  return (
    <section class="chart" aria-label={line.label}>
      <div class="chart-title">
        <h3>{line.label}</h3>
        <span class="value" title={OVERVIEW_TEXT.lastValue} ref={reading} />
      </div>
      <div ref={host} />
    </section>
  );
}

const dataOf = ({ time, value }: Line): uPlot.AlignedData => [time.map((ms) => ms / 1000), value];

/** @param value under the pointer; null: the pointer is elsewhere, and the last value is shown */
function readingText({ unit, value: values }: Line, value: number | null): string {
  const shown = value ?? values.at(-1) ?? null;
  return shown === null ? 'no data' : formatReading(unit, shown);
}
