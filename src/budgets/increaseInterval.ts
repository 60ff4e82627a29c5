import type { Scattered } from '../compare/logScale.ts';
import { logsOf } from '../compare/logScale.ts';
import type { Outliers } from '../compare/outliers.ts';
import { present } from '../statistics/present.ts';
import type { Shift } from '../statistics/shift.ts';
import { meanShift, unpairedShift } from '../statistics/shift.ts';
import type { Sides } from '../statistics/sides.ts';

/** Runs a side that a timed figure needs to be compared with a baseline. */
export const RUNS_NEEDED = 5;

/**
 * How often all intervals of a check together miss the truth on one side or the other. A gate runs
 * on every commit, and one that fails without a change is soon ignored: so one check in 10,000 may
 * fail though nothing changed, where a comparison may report a change in one of 100.
 */
export const ALPHA = 0.0002;

/** The confidence of one budget's interval, so that together they keep to ALPHA (Bonferroni). */
export const confidenceFor = (budgets: number): number => 1 - ALPHA / Math.max(budgets, 1);

/**
 * The ratio of a figure to the baseline's with its interval, as comparisons compute it: by ranks on
 * the log scale, without the runs that are outliers. Where so few runs cannot give the confidence
 * (seven and seven can be ordered in 3,432 ways), Student's interval of the mean logarithms takes
 * its place.
 * @returns null where a side has fewer runs than are needed
 */
export function increaseInterval(
  values: Scattered,
  outliers: Outliers,
  confidence: number,
): { ratio: number; low: number; high: number } | null {
  const sides = [values.baseline, values.candidate].map(present);
  if (sides.some(({ length }) => length < RUNS_NEEDED)) return null;
  const logs = logsOf(values);
  const shift = shiftBetween(
    without(logs.baseline, outliers.baseline),
    without(logs.candidate, outliers.candidate),
    confidence,
  );
  if (!shift) return null;
  return {
    ratio: Math.exp(shift.estimate),
    low: Math.exp(shift.low),
    high: Math.exp(shift.high),
  };
}

const without = (values: Sides['baseline'], outliers: readonly number[]): number[] =>
  present(values.filter((_, run) => !outliers.includes(run)));

const shiftBetween = (
  baseline: readonly number[],
  candidate: readonly number[],
  confidence: number,
): Shift | null =>
  unpairedShift(baseline, candidate, confidence) ?? meanShift(baseline, candidate, confidence);
