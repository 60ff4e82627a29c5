import type uPlot from 'uplot';
import type { Unit } from '../../src/metrics/unit.ts';
import { formatTick } from '../../src/text/formatReading.ts';
import { tickSteps } from './tickSteps.ts';

/** Height of the time axis beneath a chart, CSS pixels. */
export const TIME_AXIS = 24;
/** Width of the value axis beside it: lanes above the charts leave as much room. */
const VALUE_AXIS = 72;
/** Height that the labels of a value axis need, CSS pixels. */
const LABEL = 22;
const FONT = '10px system-ui, sans-serif';

/** The value of a CSS custom property in the document's theme. */
export const themeColour = (name: string): string =>
  getComputedStyle(document.documentElement).getPropertyValue(name).trim();

/** An axis of seconds. */
export const timeAxis = (): uPlot.Axis => ({
  stroke: themeColour('--text-dim'),
  grid: { stroke: themeColour('--grid'), width: 1 },
  ticks: { stroke: themeColour('--grid'), width: 1 },
  font: FONT,
  size: TIME_AXIS,
  values: (_, splits) => splits.map((seconds) => `${seconds} s`),
});

/** An axis of a line's values, in its unit. */
export function valueAxis(unit: Unit): uPlot.Axis {
  const steps = tickSteps(unit);
  return {
    stroke: themeColour('--text-dim'),
    grid: { stroke: themeColour('--grid'), width: 1 },
    ticks: { show: false },
    font: FONT,
    size: VALUE_AXIS,
    space: LABEL,
    ...(steps && { incrs: steps }),
    values: (_, splits) => splits.map((value) => formatTick(value, unit)),
  };
}

/** The range of values from 0 to a little above the largest; a share's to 100 % at least. */
export const valueRange =
  (unit: Unit): uPlot.Range.Function =>
  (_, __, max) =>
    unit === 'share' ? [0, Math.max(max ?? 1, 1)] : [0, Math.max(max ?? 1, 1e-9) * 1.1];
