import { present } from '../statistics/present.ts';
import { median } from '../statistics/quantile.ts';
import type { Shift } from '../statistics/shift.ts';
import type { Column } from './column.ts';
import { changeVerdict, isSteady, isWorse } from './exact.ts';
import type { CompareOptions, MetricComparison, SideSummary } from './model.ts';
import type { MetricNote, Side } from './note.ts';

/** What the runs say of a metric that scatters. */
export interface Evidence {
  /** Log scale; null where the runs are too few. */
  shift: Shift | null;
  /** Corrected for many metrics. */
  chance: number;
  /** False: too small to report a change of (worthReporting.ts). */
  isReportable: boolean;
  /** By how much more the shift may be off, log scale: the runs' own errors as estimates, where the interval does not have them. */
  unsure: number;
}

/** More runs than anyone makes: not said. */
const MOST_RUNS = 1000;

/** Times that differ by less than a millionth differ by how they were added up. */
const isRounding = (one: number, other: number): boolean =>
  Math.abs(one - other) <= 1e-6 * Math.max(Math.abs(one), Math.abs(other));

/** The comparison of one metric before its verdict. */
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

/** An exact metric that is the same in all runs of a side: any difference above its tolerance is one. */
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
 * A timing, or a count that varies. A change is reported where its chance without one is small among
 * all metrics, its own interval leaves out 1, and it is at least the minimum effect. It is the same
 * where the whole interval lies within the minimum effect. Else nobody knows yet.
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
    // From or to nothing there is no factor.
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
  // Runs that hardly know a figure may agree by chance.
  const farthest = Math.max(-shift.low, shift.high) + unsure;
  if (farthest <= least) return { ...judged, verdict: 'same', within: Math.exp(farthest) - 1 };
  return { ...judged, runsNeeded: runsFor(shift, least, metric) };
}

/** As an interval narrows with the root of the runs, to half the minimum effect to either side. */
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
