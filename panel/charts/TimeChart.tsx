import { useEffect, useRef } from 'preact/hooks';
import type uPlot from 'uplot';
import type { Line } from '../../src/analysis/overview/line.ts';
import type { TimeRange } from '../../src/session/model.ts';
import { formatReading } from '../../src/text/formatReading.ts';
import type { LineText } from '../../src/text/lineText.ts';
import { OVERVIEW_TEXT } from '../../src/text/panel/overviewText.ts';
import { timeChartOptions } from './timeChartOptions.ts';
import { usePlot } from './usePlot.ts';

interface Props {
  line: Line;
  text: LineText;
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
  const { line, text, colour, duration, range, axis, theme } = props;
  const reading = useRef<HTMLSpanElement>(null);
  // The chart outlives many renders while a session is being recorded.
  const latest = useRef(props);
  latest.current = props;
  const { host, plot } = usePlot(
    (width) => ({
      options: timeChartOptions(width, text.unit, colour, axis, {
        duration: () => latest.current.duration,
        onRange: (selected) => latest.current.onRange(selected),
        onReading: (value) => {
          if (reading.current) reading.current.textContent = readingText(latest.current, value);
        },
      }),
      data: dataOf(line),
    }),
    [colour, axis, theme, text.unit],
  );

  useEffect(() => {
    plot.current?.setData(dataOf(line));
    if (reading.current) reading.current.textContent = readingText({ line, text }, null);
  }, [line, text, duration]);

  useEffect(() => {
    const made = plot.current;
    if (!made) return;
    const left = range ? made.valToPos(range.from / 1000, 'x') : 0;
    const width = range ? made.valToPos(range.to / 1000, 'x') - left : 0;
    made.setSelect({ left, width, top: 0, height: range ? made.over.clientHeight : 0 }, false);
  }, [range, line, duration]);

  return (
    <section class="chart" aria-label={text.label}>
      <div class="chart-title">
        <h3>{text.label}</h3>
        <span class="value" title={OVERVIEW_TEXT.lastValue} ref={reading} />
      </div>
      <div ref={host} />
    </section>
  );
}

const dataOf = ({ time, value }: Line): uPlot.AlignedData => [time.map((ms) => ms / 1000), value];

/** @param value under the pointer; null: the pointer is elsewhere, and the last value is shown */
function readingText({ line, text }: Pick<Props, 'line' | 'text'>, value: number | null): string {
  const shown = value ?? line.value.at(-1) ?? null;
  return shown === null ? 'no data' : formatReading(shown, text.unit);
}
