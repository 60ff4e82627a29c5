import { present } from '../statistics/present.ts';
import { median } from '../statistics/quantile.ts';
import type { Shift } from '../statistics/shift.ts';
import { changeVerdict, isWorse } from './changeVerdict.ts';
import type { Column } from './column.ts';
import { isSteady } from './isSteady.ts';
import type { CompareOptions, MetricComparison, SideSummary } from './model.ts';
import type { MetricNote, Side } from './note.ts';

/** What the runs show of a metric that varies between them. */
export interface Evidence {
  /** Log scale; null if there are too few runs. */
  shift: Shift | null;
  /** P-value, corrected for the number of metrics. */
  chance: number;
  /** False if the metric is too small to report (worthReporting.ts). */
  isReportable: boolean;
  /** Log-scale uncertainty from the runs' own errors, which the interval does not include. */
  unsure: number;
}

/** More runs than anyone would record: then no number is suggested. */
const MOST_RUNS = 1000;

/** Differences below a millionth come from the order of summation. */
const isRounding = (one: number, other: number): boolean =>
  Math.abs(one - other) <= 1e-6 * Math.max(Math.abs(one), Math.abs(other));

/** The comparison of one metric, still without a verdict. */
function unjudged({ fields, baseline, candidate }: Column): MetricComparison {
  const sides = { baseline: summaryOf(baseline), candidate: summaryOf(candidate) };
  const from = sides.baseline?.median ?? 0;
  const to = sides.candidate?.median ?? 0;
  const both = sides.baseline !== null && sides.candidate !== null;
  return {
    ...fields,
    ...sides,
    ratio: both && from !== 0 ? to / from : null,
    interval: null,
    difference: fields.kind === 'timed' && isRounding(from, to) ? 0 : to - from,
    p: null,
    verdict: 'unknown',
    within: null,
    significant: false,
    worse: false,
    noisy: false,
    runsNeeded: null,
    aliasOf: null,
    notes: [],
  };
}

function summaryOf(values: readonly (number | null)[]): SideSummary | null {
  const known = present(values);
  if (known.length === 0) return null;
  return {
    runs: known.length,
    median: median(known),
    min: Math.min(...known),
    max: Math.max(...known),
  };
}

/** A metric that may not be compared, with the reasons. */
export const refuse = (column: Column, reasons: readonly MetricNote[]): MetricComparison => ({
  ...unjudged(column),
  noisy: column.fields.kind === 'exact' && !isSteady(column),
  notes: [...reasons],
});

/** Judges an exact metric that is steady on both sides, by its tolerance. */
export function judgeExact(column: Column, { tolerance }: CompareOptions): MetricComparison {
  const metric = unjudged(column);
  if (column.absentFrom) return onOneSide(metric, column.absentFrom);
  const allowed = tolerance[metric.id] ?? tolerance.default ?? 0;
  const { difference } = metric;
  const from = Math.abs(metric.baseline?.median ?? 0);
  if (Math.abs(difference) <= allowed * from) return { ...metric, verdict: 'equal' };
  const up = difference > 0;
  return {
    ...metric,
    verdict: changeVerdict(metric, up),
    significant: true,
    worse: isWorse(metric, up),
  };
}

/**
 * Judges a timing, or a count that varies. A change is reported if its corrected p-value is small,
 * its own interval excludes 1, and it is at least the minimum effect. The metric is the same if the
 * whole interval lies within the minimum effect. Otherwise the verdict is `unknown`.
 */
export function judgeNoisy(
  column: Column,
  { shift, chance, isReportable, unsure }: Evidence,
  options: CompareOptions,
): MetricComparison {
  const metric = { ...unjudged(column), noisy: column.fields.kind === 'exact' };
  if (column.absentFrom) return onOneSide(metric, column.absentFrom);
  if (!metric.baseline || !metric.candidate || !shift)
    return { ...metric, notes: [{ code: 'too few runs' }] };
  const [low, high] = [Math.exp(shift.low), Math.exp(shift.high)];
  const judged: MetricComparison = {
    // There is no ratio to or from zero.
    ...metric,
    ratio:
      metric.baseline.median > 0 && metric.candidate.median > 0 ? Math.exp(shift.estimate) : null,
    interval: [low, high],
    p: chance,
  };
  const least = Math.log(1 + options.minEffect);
  const beyond = Math.abs(shift.estimate) >= least;
  if (chance <= options.alpha && shift.low * shift.high > 0 && beyond) {
    const up = shift.estimate > 0;
    return {
      ...judged,
      verdict: changeVerdict(metric, up),
      significant: true,
      worse: isWorse(metric, up),
    };
  }
  if (!isReportable) {
    return {
      ...judged,
      notes: [{ code: 'too small' }],
    };
  }
  // Runs with large errors of their own may agree by chance.
  const farthest = Math.max(-shift.low, shift.high) + unsure;
  if (farthest <= least) return { ...judged, verdict: 'same', within: Math.exp(farthest) - 1 };
  return { ...judged, runsNeeded: runsFor(shift, least, metric) };
}

/** Runs per side until the interval, which narrows with √runs, is as wide as the minimum effect. */
function runsFor(
  { low, high }: Shift,
  least: number,
  { baseline, candidate }: MetricComparison,
): number | null {
  const runs = Math.min(baseline?.runs ?? 0, candidate?.runs ?? 0);
  const needed = Math.ceil(runs * ((high - low) / least) ** 2);
  return needed > runs && needed <= MOST_RUNS ? needed : null;
}

function onOneSide(metric: MetricComparison, absentFrom: Side): MetricComparison {
  const isNew = absentFrom === 'baseline';
  return {
    ...metric,
    verdict: isNew ? 'new' : 'gone',
    significant: true,
    notes: [{ code: 'on one side', side: isNew ? 'candidate' : 'baseline' }],
  };
}
