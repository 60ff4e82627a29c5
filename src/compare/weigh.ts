import { holm } from '../statistics/holm.ts';
import { correctedChances } from '../statistics/permutation.ts';
import { present } from '../statistics/present.ts';
import { median } from '../statistics/quantile.ts';
import { shiftOf } from '../statistics/shiftOf.ts';
import { amountsOf } from './amounts.ts';
import type { Column } from './column.ts';
import { LEAST_RUNS } from './design.ts';
import { fewRunsShift } from './fewRuns.ts';
import type { Evidence } from './judge.ts';
import { logErrorsOf, logsOf, sureLogsOf } from './logScale.ts';
import type { CompareOptions } from './model.ts';
import { worthReporting } from './worthReporting.ts';

/** Shift and corrected chance of each column; the correction covers those worth reporting. */
export function weigh(
  columns: readonly Column[],
  paired: boolean,
  options: CompareOptions,
): Evidence[] {
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

/** The uncertainty of a shift that the runs' own errors cause, log scale, at 95 %. */
function unsureOf(column: Column): number {
  const { baseline, candidate } = logErrorsOf(column);
  const errors = [...present(baseline), ...present(candidate)];
  return errors.length === 0
    ? 0
    : 1.96 *
        median(errors) *
        Math.sqrt(1 / present(baseline).length + 1 / present(candidate).length);
}
