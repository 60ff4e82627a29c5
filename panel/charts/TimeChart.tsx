import { useEffect, useRef } from 'preact/hooks';
import uPlot from 'uplot';
import type { Line } from '../../src/analysis/overview/line.ts';
import type { TimeRange } from '../../src/session/model.ts';
import { formatReading, formatTick, tickSteps } from './lineFormat.ts';

interface Props {
  line: Line;
  /** A CSS custom property that holds the line's colour. */
  colour: string;
  /** Length of the shared time axis, ms. */
  duration: number;
  range: TimeRange | null;
  onRange(range: TimeRange | null): void;
  /** Steps instead of slopes. */
  stepped?: boolean;
  /** Whether the time axis stands beneath. */
  axis?: boolean;
  theme: string;
}

const HEIGHT = 64;
const AXIS = 24;
/** Charts of one key move their cursors together. */
const sync = uPlot.sync('overview');

/** One line over the session's time. Dragging selects a range; a double click clears it. */
export function TimeChart(props: Props) {
  const { line, colour, duration, range, stepped, axis, theme } = props;
  const host = useRef<HTMLDivElement>(null);
  const plot = useRef<uPlot | null>(null);
  const value = useRef<HTMLSpanElement>(null);
  const latest = useRef(props);
  latest.current = props;

  useEffect(() => {
    const element = host.current;
    if (!element) return undefined;
    const steps = tickSteps(line.unit);
    const css = getComputedStyle(document.documentElement);
    const colourOf = (name: string): string => css.getPropertyValue(name).trim();
    const stroke = colourOf(colour);
    const dim = colourOf('--text-dim');
    const grid = { stroke: colourOf('--grid'), width: 1 };
    const font = '10px system-ui, sans-serif';
    const height = HEIGHT + (axis ? AXIS : 0);
    const made = new uPlot(
      {
        width: element.clientWidth,
        height,
        padding: [6, 16, axis ? 0 : 4, 0],
        cursor: {
          sync: { key: sync.key, setSeries: false },
          drag: { x: true, y: false, setScale: false },
          y: false,
          bind: {
            dblclick: () => () => {
              latest.current.onRange(null);
              return null;
            },
          },
        },
        legend: { show: false },
        scales: {
          x: { time: false, range: () => [0, Math.max(latest.current.duration, 1) / 1000] },
          y: {
            range: (_, __, max) => [
              0,
              line.unit === 'share' ? Math.max(max ?? 1, 1) : Math.max(max ?? 1, 1e-9) * 1.1,
            ],
          },
        },
        axes: [
          {
            show: axis ?? false,
            stroke: dim,
            grid,
            ticks: grid,
            font,
            size: AXIS,
            values: (_, splits) => splits.map((at) => `${at} s`),
          },
          {
            stroke: dim,
            grid,
            ticks: { show: false },
            font,
            size: 72,
            space: 22,
            ...(steps && { incrs: steps }),
            values: (_, splits) => splits.map((at) => formatTick(line.unit, at)),
          },
        ],
        series: [
          {},
          {
            stroke,
            width: 1.25,
            fill: `color-mix(in srgb, ${stroke} 14%, transparent)`,
            points: { show: (self) => self.data[0].length < 3, size: 4, fill: stroke },
            spanGaps: true,
            ...(stepped && uPlot.paths.stepped ? { paths: uPlot.paths.stepped({ align: 1 }) } : {}),
          },
        ],
        hooks: {
          setSelect: [
            (self) => {
              const { left, width } = self.select;
              if (width < 4) return;
              const from = self.posToVal(left, 'x') * 1000;
              const to = self.posToVal(left + width, 'x') * 1000;
              latest.current.onRange({
                from: Math.max(from, 0),
                to: Math.min(to, latest.current.duration),
              });
            },
          ],
          setCursor: [
            (self) => {
              const at = self.cursor.idx;
              const reading = at === null || at === undefined ? null : self.data[1]?.[at];
              if (value.current)
                value.current.textContent =
                  reading === null || reading === undefined
                    ? lastOf(latest.current.line)
                    : formatReading(line.unit, reading);
            },
          ],
        },
      },
      dataOf(line),
      element,
    );
    plot.current = made;
    sync.sub(made);
    const observer = new ResizeObserver(() => made.setSize({ width: element.clientWidth, height }));
    observer.observe(element);
    return () => {
      observer.disconnect();
      sync.unsub(made);
      made.destroy();
      plot.current = null;
    };
  }, [colour, axis, theme, line.unit]);

  useEffect(() => {
    plot.current?.setData(dataOf(line));
    if (value.current) value.current.textContent = lastOf(line);
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
        <span class="value" title="The last value; point at the chart to read others" ref={value} />
      </div>
      <div ref={host} />
    </section>
  );
}

const dataOf = (line: Line): uPlot.AlignedData => [
  line.time.map((time) => time / 1000),
  line.value,
];

function lastOf(line: Line): string {
  const last = line.value.at(-1);
  return last === undefined || last === null ? 'no data' : formatReading(line.unit, last);
}
