import { present } from '../statistics/present.ts';
import { median } from '../statistics/quantile.ts';
import type { Column } from './column.ts';
import { logsOf } from './logScale.ts';

/** A run is an outlier if its times are off by more than both of these: deviations, log scale. */
const FAR = 4;
const LEAST = Math.log(1.15);
/** Of each side, so that a change is not mistaken for a disturbance. */
const MOST_SHARE = 0.2;
/** Fewer metrics do not show that the machine was the cause. */
const LEAST_METRICS = 5;

/** Runs that something else on the machine disturbed, by their index within the side. */
export interface Outliers {
  baseline: number[];
  candidate: number[];
}

/**
 * Finds runs in which most timings are off together. It ignores which side a run is on, so if
 * nothing changed, it leaves out equally many from both, up to the allowed share.
 */
export function outlierRuns(columns: readonly Column[]): Outliers {
  const timed = columns.filter(
    ({ fields, baseline, candidate }) =>
      fields.kind === 'timed' &&
      present(baseline).length === baseline.length &&
      present(candidate).length === candidate.length,
  );
  const [first] = timed;
  if (!first || timed.length < LEAST_METRICS) return { baseline: [], candidate: [] };
  const relative = timed.map((column) => {
    const { baseline, candidate } = logsOf(column);
    const all = [...present(baseline), ...present(candidate)];
    const middle = median(all);
    return all.map((value) => value - middle);
  });
  const runs = first.baseline.length + first.candidate.length;
  const pace = Array.from({ length: runs }, (_, run) =>
    median(relative.map((values) => values[run] ?? 0)),
  );
  const middle = median(pace);
  const distance = pace.map((one) => Math.abs(one - middle));
  const limit = Math.max(FAR * 1.4826 * median(distance), LEAST);
  const farthest = (from: number, count: number): number[] =>
    distance
      .slice(from, from + count)
      .map((far, run) => ({ far, run }))
      .filter(({ far }) => far > limit)
      .sort((a, b) => b.far - a.far)
      .slice(0, Math.floor(count * MOST_SHARE))
      .map(({ run }) => run);
  return {
    baseline: farthest(0, first.baseline.length),
    candidate: farthest(first.baseline.length, first.candidate.length),
  };
}

/** The columns without the timings of outliers; exact values stay. */
export function withoutOutliers(
  columns: readonly Column[],
  { baseline, candidate }: Outliers,
): Column[] {
  const without = (values: Column['baseline'], runs: readonly number[]): Column['baseline'] =>
    values.map((value, run) => (runs.includes(run) ? null : value));
  return columns.map((column) =>
    column.fields.kind === 'timed'
      ? {
          ...column,
          baseline: without(column.baseline, baseline),
          candidate: without(column.candidate, candidate),
        }
      : column,
  );
}
