import { pairedShift } from '../src/statistics/shift.ts';
import type { Figure } from './statistics.ts';

/** The ratio of paired samples with its 95 % interval (Hodges and Lehmann, of the logarithms); null: too few pairs. */
export function pairedRatio(
  samples: readonly number[],
  baseline: readonly number[],
): Figure | null {
  const logs = samples.map((value, at) => Math.log(value / (baseline[at] as number)));
  const shift = pairedShift(logs, 0.95);
  return (
    shift && {
      median: Math.exp(shift.estimate),
      low: Math.exp(shift.low),
      high: Math.exp(shift.high),
      samples: samples.length,
    }
  );
}

/** The interval of a mean of several logarithms of ratios, each with its own samples. */
export function meanRatio(ratios: readonly Figure[]): Figure {
  const logs = ratios.map(({ median }) => Math.log(median));
  const mean = logs.reduce((sum, value) => sum + value, 0) / logs.length;
  // Half widths of 95 % add up as standard errors do.
  const halves = ratios.map(({ low, high }) => (Math.log(high) - Math.log(low)) / 2);
  const half = Math.hypot(...halves) / halves.length;
  return {
    median: Math.exp(mean),
    low: Math.exp(mean - half),
    high: Math.exp(mean + half),
    samples: ratios.length,
  };
}
