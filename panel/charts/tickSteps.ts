import type { Unit } from '../../src/metrics/unit.ts';

/** The steps between ticks that uPlot may choose from: counts have ticks at whole numbers only. */
export const tickSteps = (unit: Unit): number[] | undefined =>
  unit === 'count' ? WHOLE : undefined;

const WHOLE = Array.from({ length: 12 }, (_, power) =>
  [1, 2, 5].map((step) => step * 10 ** power),
).flat();
