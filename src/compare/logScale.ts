import { present } from '../statistics/present.ts';
import { median } from '../statistics/quantile.ts';
import type { Sides } from '../statistics/sides.ts';
import type { Column } from './column.ts';

/** Values of a metric, and what they are counted in. */
export interface Scattered extends Sides {
  fields: Pick<Column['fields'], 'unit'>;
}

/** Half a tick of the coarse clock, ms: less than that is not known to be anything. */
const LEAST_MS = 0.05;
const LEAST_COUNT = 0.5;

/**
 * Times are skewed, and changes of them are ratios: their logarithms are about symmetric, and a
 * difference there is a ratio here. What is 0 counts as half of the least that differs from 0.
 */
export function logsOf({ fields, baseline, candidate }: Scattered): Sides {
  const floor = leastOf(fields.unit, [...present(baseline), ...present(candidate)]);
  const logs = (values: readonly (number | null)[]): (number | null)[] =>
    values.map((value) => (value === null ? null : Math.log(Math.max(value, floor))));
  return { baseline: logs(baseline), candidate: logs(candidate) };
}

/** Each run's own error as an estimate, as a standard error on the log scale. */
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
      // To the farther side: what may as well be 0 is not known to any factor.
      const [at, error] = [Math.max(value, floor), Math.sqrt(variances[run] ?? 0)];
      return Math.max(Math.log(1 + error / at), Math.log(at / Math.max(at - error, floor)));
    });
  return {
    baseline: errors(baseline, baselineVariance),
    candidate: errors(candidate, candidateVariance),
  };
}

/** So many standard errors are subtracted from each run's estimate before runs are compared. */
const ERRORS = 1.5;

/**
 * The same for deciding whether a side changed: of a value that is itself an estimate, the logarithm
 * of its certain part. When a sampled call of a short function is interrupted, it stands for all the
 * calls that were not sampled: the run's figure is many times too large, and so is its error. Less
 * its error it is as large as the others. With few samples it may be 0, and its logarithm far below,
 * so the median error is added to all alike. It depends on the run alone, whichever side a
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

/** The least that differs from 0, in the unit. @param values of both sides */
export function leastOf(unit: Column['fields']['unit'], values: readonly number[]): number {
  if (unit === 'ms') return LEAST_MS;
  if (unit === 'count' || unit === 'pages') return LEAST_COUNT;
  const positive = values.filter((value) => value > 0);
  return positive.length > 0 ? Math.min(...positive) / 2 : 1;
}
