import { useEffect, useRef } from 'preact/hooks';
import uPlot from 'uplot';
import type { Line } from '../../src/analysis/overview/line.ts';
import { formatTick, tickSteps } from './lineFormat.ts';

interface Props {
  baseline: Line;
  candidate: Line;
  /** Of the longer session, ms. */
  duration: number;
  theme: string;
}

const HEIGHT = 120;

/** The same line of two sessions over each other, from the start of each; the baseline is dashed. */
export function PairChart({ baseline, candidate, duration, theme }: Props) {
  const host = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const element = host.current;
    if (!element) return undefined;
    const steps = tickSteps(candidate.unit);
    const css = getComputedStyle(document.documentElement);
    const colour = (name: string): string => css.getPropertyValue(name).trim();
    const axis = {
      stroke: colour('--text-dim'),
      grid: { stroke: colour('--grid'), width: 1 },
      font: '10px system-ui, sans-serif',
    };
    const made = new uPlot(
      {
        width: element.clientWidth,
        height: HEIGHT,
        padding: [6, 16, 0, 0],
        cursor: { drag: { x: false, y: false }, y: false },
        legend: { show: false },
        scales: {
          x: { time: false, range: () => [0, Math.max(duration, 1) / 1000] },
          y: { range: (_, __, max) => [0, Math.max(max ?? 1, 1e-9) * 1.1] },
        },
        axes: [
          { ...axis, size: 24, values: (_, splits) => splits.map((at) => `${at} s`) },
          {
            ...axis,
            size: 72,
            space: 22,
            ...(steps && { incrs: steps }),
            values: (_, splits) => splits.map((at) => formatTick(candidate.unit, at)),
          },
        ],
        series: [
          {},
          {
            stroke: colour('--series-2'),
            width: 1.25,
            dash: [5, 3],
            spanGaps: true,
            points: pointsOf(baseline, colour('--series-2')),
          },
          {
            stroke: colour('--series-1'),
            width: 1.25,
            spanGaps: true,
            points: pointsOf(candidate, colour('--series-1')),
          },
        ],
      },
      together(baseline, candidate),
      element,
    );
    const observer = new ResizeObserver(() =>
      made.setSize({ width: element.clientWidth, height: HEIGHT }),
    );
    observer.observe(element);
    return () => {
      observer.disconnect();
      made.destroy();
    };
  }, [baseline, candidate, duration, theme]);
  return (
    <section class="chart" aria-label={`${candidate.label}, both sides`}>
      <div class="chart-title">
        <h3>{candidate.label}</h3>
      </div>
      <div ref={host} />
    </section>
  );
}

/** One value makes no line. */
const pointsOf = ({ time }: Line, fill: string): uPlot.Series.Points => ({
  show: time.length === 1,
  size: 5,
  fill,
});

/** Both lines over one axis of time; steps have two values at one time, which stay in their order. */
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
