import type uPlot from 'uplot';
import type { Line } from '../../src/analysis/overview/line.ts';
import type { LineText } from '../../src/text/lineText.ts';
import { themeColour, timeAxis, valueAxis, valueRange } from './chartStyle.ts';
import { usePlot } from './usePlot.ts';

interface Props {
  text: LineText;
  baseline: Line;
  candidate: Line;
  /** Of the longer session, ms. */
  duration: number;
  theme: string;
}

const HEIGHT = 120;

/**
 * The same line of two sessions, drawn over each other from the start of each; the baseline is
 * dashed.
 */
export function PairChart({ text, baseline, candidate, duration, theme }: Props) {
  const { host } = usePlot(
    (width) => ({
      options: pairOptions(width, text.unit, baseline, candidate, duration),
      data: together(baseline, candidate),
    }),
    [text, baseline, candidate, duration, theme],
  );
  return (
    <section class="chart" aria-label={`${text.label}, both sides`}>
      <div class="chart-title">
        <h3>{text.label}</h3>
      </div>
      <div ref={host} />
    </section>
  );
}

function pairOptions(
  width: number,
  unit: LineText['unit'],
  baseline: Line,
  candidate: Line,
  duration: number,
): uPlot.Options {
  const series = (line: Line, colour: string, dash?: number[]): uPlot.Series => ({
    stroke: themeColour(colour),
    width: 1.25,
    spanGaps: true,
    // A single value makes no line.
    points: { show: line.time.length === 1, size: 5, fill: themeColour(colour) },
    ...(dash && { dash }),
  });
  return {
    width,
    height: HEIGHT,
    padding: [6, 16, 0, 0],
    cursor: { drag: { x: false, y: false }, y: false },
    legend: { show: false },
    scales: {
      x: { time: false, range: () => [0, Math.max(duration, 1) / 1000] },
      y: { range: valueRange('count') },
    },
    axes: [timeAxis(), valueAxis(unit)],
    series: [{}, series(baseline, '--series-2', [5, 3]), series(candidate, '--series-1')],
  };
}

/**
 * Both lines over one axis of time; steps have two values at one time, which stay in their order.
 */
function together(baseline: Line, candidate: Line): uPlot.AlignedData {
  const points = [
    ...baseline.time.map((time, index) => ({
      time,
      baseline: baseline.value[index] ?? null,
      candidate: undefined,
    })),
    ...candidate.time.map((time, index) => ({
      time,
      baseline: undefined,
      candidate: candidate.value[index] ?? null,
    })),
  ].sort((a, b) => a.time - b.time);
  return [
    points.map(({ time }) => time / 1000),
    points.map((point) => point.baseline),
    points.map((point) => point.candidate),
  ];
}
