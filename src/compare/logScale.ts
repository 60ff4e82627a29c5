import { present } from '../statistics/present.ts';
import { median } from '../statistics/quantile.ts';
import type { Sides } from '../statistics/sides.ts';
import type { Column } from './column.ts';

/** Values of a metric and their unit. */
export interface Scattered extends Sides {
  fields: Pick<Column['fields'], 'unit'>;
}

/** Half the coarse clock's resolution, ms: shorter times cannot be measured. */
const LEAST_MS = 0.05;
const LEAST_COUNT = 0.5;

/**
 * Logarithms of the values: times are skewed, while their logarithms are roughly symmetric, and a
 * difference of logarithms is a ratio of times. Zero counts as half the smallest value above zero.
 */
export function logsOf({ fields, baseline, candidate }: Scattered): Sides {
  const floor = leastOf(fields.unit, [...present(baseline), ...present(candidate)]);
  const logs = (values: readonly (number | null)[]): (number | null)[] =>
    values.map((value) => (value === null ? null : Math.log(Math.max(value, floor))));
  return { baseline: logs(baseline), candidate: logs(candidate) };
}

/** The standard error of each run's own estimate, log scale. */
export function logErrorsOf({
  fields,
  baseline,
  candidate,
  baselineVariance,
  candidateVariance,
}: Column): Sides {
  const floor = leastOf(fields.unit, [...present(baseline), ...present(candidate)]);
  const errors = (values: Column['baseline'], variances: readonly number[]): Column['baseline'] =>
    values.map((value, run) => {
      if (value === null) return null;
      // The error to the farther side: a value that may be 0 could be off by any factor.
      const [at, error] = [Math.max(value, floor), Math.sqrt(variances[run] ?? 0)];
      return Math.max(Math.log(1 + error / at), Math.log(at / Math.max(at - error, floor)));
    });
  return {
    baseline: errors(baseline, baselineVariance),
    candidate: errors(candidate, candidateVariance),
  };
}

/** Standard errors to subtract from each run's estimate before runs are compared. */
const ERRORS = 1.5;

/**
 * Logarithms of the lower bounds of values that are estimates, to decide whether a metric changed.
 * If a sampled call of a short function is interrupted, it is scaled up to all the calls that were
 * not sampled: the run's value is many times too large, and so is its error. Minus its error it is
 * as large as the others. With few samples the result may be 0 and its logarithm far below, so the
 * median error is added to all values. The result depends only on the run, not on the side that a
 * permutation assigns it to.
 */
export function sureLogsOf(column: Column): Sides {
  const { baseline, candidate, baselineVariance, candidateVariance } = column;
  const usual = median([...baselineVariance, ...candidateVariance].map(Math.sqrt));
  if (usual === 0) return logsOf(column);
  const sure = (values: Column['baseline'], variances: readonly number[]): Column['baseline'] =>
    values.map((value, run) =>
      value === null ? null : Math.max(value - ERRORS * Math.sqrt(variances[run] ?? 0), 0) + usual,
    );
  return logsOf({
    ...column,
    baseline: sure(baseline, baselineVariance),
    candidate: sure(candidate, candidateVariance),
  });
}

/** The smallest value that counts as more than 0, in the unit. @param values of both sides */
export function leastOf(unit: Column['fields']['unit'], values: readonly number[]): number {
  if (unit === 'ms') return LEAST_MS;
  if (unit === 'count' || unit === 'pages') return LEAST_COUNT;
  const positive = values.filter((value) => value > 0);
  return positive.length > 0 ? Math.min(...positive) / 2 : 1;
}
