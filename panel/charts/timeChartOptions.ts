import uPlot from 'uplot';
import type { Unit } from '../../src/metrics/unit.ts';
import type { TimeRange } from '../../src/session/model.ts';
import { TIME_AXIS, themeColour, timeAxis, valueAxis, valueRange } from './chartStyle.ts';

/** What the chart asks and reports. */
export interface ChartEvents {
  /** Length of the time axis, ms. */
  duration(): number;
  onRange(range: TimeRange | null): void;
  /** The value under the pointer; null where there is none. */
  onReading(value: number | null): void;
}

const HEIGHT = 64;
/** A narrower drag is a click, CSS pixels. */
const LEAST_DRAG = 4;
/** Charts with this key move their cursors together. */
const SYNC = uPlot.sync('session').key;

/** Options of a chart with one filled line, whose x axis is the session's time in seconds. */
export function timeChartOptions(
  width: number,
  unit: Unit,
  colour: string,
  hasAxis: boolean,
  events: ChartEvents,
): uPlot.Options {
  const stroke = themeColour(colour);
  return {
    width,
    height: HEIGHT + (hasAxis ? TIME_AXIS : 0),
    padding: [6, 16, hasAxis ? 0 : 4, 0],
    cursor: {
      sync: { key: SYNC, setSeries: false },
      drag: { x: true, y: false, setScale: false },
      y: false,
      bind: { dblclick: () => () => clearRange(events) },
    },
    legend: { show: false },
    scales: {
      x: { time: false, range: () => [0, Math.max(events.duration(), 1) / 1000] },
      y: { range: valueRange(unit) },
    },
    axes: [{ ...timeAxis(), show: hasAxis }, valueAxis(unit)],
    series: [
      {},
      {
        stroke,
        width: 1.25,
        fill: `color-mix(in srgb, ${stroke} 14%, transparent)`,
        points: { show: ({ data }) => data[0].length < 3, size: 4, fill: stroke },
        spanGaps: true,
      },
    ],
    hooks: {
      setSelect: [(plot) => selectRange(plot, events)],
      setCursor: [({ cursor, data }) => events.onReading(data[1]?.[cursor.idx ?? -1] ?? null)],
    },
  };
}

function clearRange({ onRange }: ChartEvents): null {
  onRange(null);
  return null;
}

function selectRange(plot: uPlot, { duration, onRange }: ChartEvents): void {
  const { left, width } = plot.select;
  if (width < LEAST_DRAG) return;
  const from = plot.posToVal(left, 'x') * 1000;
  const to = plot.posToVal(left + width, 'x') * 1000;
  onRange({ from: Math.max(from, 0), to: Math.min(to, duration()) });
}
