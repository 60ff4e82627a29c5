import type { Session } from '../session/model.ts';
import { holm } from '../statistics/holm.ts';
import { correctedChances } from '../statistics/permutation.ts';
import { present } from '../statistics/present.ts';
import { median } from '../statistics/quantile.ts';
import { shiftOf } from '../statistics/shiftOf.ts';
import { aliasesOf } from './aliases.ts';
import { amountsOf } from './amounts.ts';
import type { Column } from './column.ts';
import { columnsOf } from './column.ts';
import { designOf, LEAST_RUNS } from './design.ts';
import { isSteady, isUnknown } from './exact.ts';
import { explain } from './explain.ts';
import { fewRunsShift } from './fewRuns.ts';
import type { Evidence } from './judge.ts';
import { judgeExact, judgeNoisy, refuse } from './judge.ts';
import { logErrorsOf, logsOf, sureLogsOf } from './logScale.ts';
import type { CompareOptions, Comparison, MetricComparison } from './model.ts';
import type { ComparisonNote, Side } from './note.ts';
import type { Outliers } from './outliers.ts';
import { outlierRuns, withoutOutliers } from './outliers.ts';
import { noRefusals, ranInBaseline } from './refusalsOf.ts';
import { worthReporting } from './worthReporting.ts';

export const DEFAULT_OPTIONS: CompareOptions = {
  minEffect: 0.03,
  alpha: 0.01,
  confidence: 0.95,
  tolerance: {},
  force: false,
  paired: 'auto',
  refused: noRefusals(),
  seed: 1,
};

/**
 * Compares two sides of one or more recordings each; docs/statistics.md says how.
 * @throws RangeError where a side has no session
 */
export function compareSessions(
  baseline: readonly Session[],
  candidate: readonly Session[],
  given: Partial<CompareOptions> = {},
): Comparison {
  if (baseline.length === 0 || candidate.length === 0) {
    throw new RangeError('A comparison needs at least one session on each side.');
  }
  const options = { ...DEFAULT_OPTIONS, ...given };
  const { refused } = options;
  const design = designOf(baseline, candidate, options.paired);
  const all = columnsOf(design.baseline, design.candidate);
  const outliers = outlierRuns(all);
  const columns = withoutOutliers(all, outliers);
  const metrics = compareColumns(columns, design.paired, options);
  // Where no time changed, there is nothing to explain.
  const changed = metrics.some(({ significant, depends }) => significant && depends === 'times');
  return {
    runs: { baseline: baseline.length, candidate: candidate.length },
    paired: design.paired,
    options,
    refused,
    notes: [...design.notes, ...tierNotes({ baseline, candidate }), ...outlierNotes(outliers)],
    metrics,
    explanation: changed ? explain(design, columns, metrics, options.confidence) : [],
  };
}

const SIDES = ['baseline', 'candidate'] as const;

const outlierNotes = (outliers: Outliers): ComparisonNote[] =>
  SIDES.filter((side) => outliers[side].length > 0).map((side) => ({
    code: 'outliers',
    side,
    runs: outliers[side].length,
  }));

/** A tier probe that was late in a few runs is no reason against all times (refusalsOf.ts). */
const tierNotes = (sides: Record<Side, readonly Session[]>): ComparisonNote[] =>
  SIDES.flatMap((side): ComparisonNote[] => {
    const runs = sides[side].length;
    const late = sides[side].filter(ranInBaseline).length;
    return late > 0 && late * 2 < runs ? [{ code: 'late tier', side, late, runs }] : [];
  });

/** The same on values that were read from sessions already. */
export function compareColumns(
  columns: readonly Column[],
  paired: boolean,
  options: CompareOptions,
): MetricComparison[] {
  const noisy = columns.filter(
    (column) => !isSteady(column) && !isUnknown(column) && mayCompare(column, options),
  );
  const aliases = aliasesOf(noisy);
  const tested = noisy.filter((column) => !aliases.has(column));
  const evidence = new Map(weigh(tested, paired, options).map((each, at) => [tested[at], each]));
  return columns.map((column) => {
    const reasons = options.refused[column.fields.depends];
    if (!mayCompare(column, options)) return refuse(column, reasons);
    if (isUnknown(column)) return refuse(column, [{ code: 'not measured' }]);
    const original = aliases.get(column);
    const own = evidence.get(original ?? column);
    const metric = own ? judgeNoisy(column, own, options) : judgeExact(column, options);
    return {
      ...metric,
      aliasOf: original?.fields.label ?? null,
      notes: [...reasons, ...metric.notes],
    };
  });
}

const mayCompare = ({ fields }: Column, { force, refused }: CompareOptions): boolean =>
  force || refused[fields.depends].length === 0;

/** Shift and corrected chance of each; the correction is over those that are worth telling. */
function weigh(columns: readonly Column[], paired: boolean, options: CompareOptions): Evidence[] {
  const runs = Math.min(
    ...columns.map(({ baseline, candidate }) => Math.min(baseline.length, candidate.length)),
  );
  const amounts = amountsOf(columns);
  const tested = columns.filter(worthReporting(amounts));
  const few =
    runs >= LEAST_RUNS
      ? null
      : new Map(
          columns.map((column) => [
            column,
            fewRunsShift(column, amounts.timing(column), options.confidence),
          ]),
        );
  const corrected = few
    ? holm(tested.map((column) => few.get(column)?.chance ?? 1))
    : correctedChances(tested.map(sureLogsOf), paired, options.seed);
  const chances = new Map(tested.map((column, at) => [column, corrected[at]]));
  return columns.map((column) => ({
    shift: few ? (few.get(column) ?? null) : shiftOf(logsOf(column), paired, options.confidence),
    chance: chances.get(column) ?? 1,
    isReportable: chances.has(column),
    unsure: few ? 0 : unsureOf(column),
  }));
}

/** What the runs' own errors leave open of a shift, log scale, at 95 %. */
function unsureOf(column: Column): number {
  const { baseline, candidate } = logErrorsOf(column);
  const errors = [...present(baseline), ...present(candidate)];
  return errors.length === 0
    ? 0
    : 1.96 *
        median(errors) *
        Math.sqrt(1 / present(baseline).length + 1 / present(candidate).length);
}
