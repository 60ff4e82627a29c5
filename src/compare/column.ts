import type { Metric, MetricFields } from '../metrics/metricsOf.ts';
import { metricsOf } from '../metrics/metricsOf.ts';
import type { Session } from '../session/model.ts';
import { present } from '../statistics/present.ts';

/** One metric in all runs, by the index of the run; null if a run has no value. */
export interface Column {
  fields: MetricFields;
  baseline: (number | null)[];
  candidate: (number | null)[];
  /** Variance of each value, in the square of the unit; 0 if the value is not an estimate. */
  baselineVariance: number[];
  candidateVariance: number[];
  /**
   * The side of which no run has a value while all runs of the other have one; null otherwise.
   */
  absentFrom: 'baseline' | 'candidate' | null;
}

/** The metrics of both sides, those of the baseline first. */
export function columnsOf(
  baseline: readonly Session[],
  candidate: readonly Session[],
  metrics: (session: Session) => readonly Metric[] = metricsOf,
): Column[] {
  const columns = new Map<string, Column>();
  const fill = (sessions: readonly Session[], side: 'baseline' | 'candidate'): void => {
    sessions.forEach((session, run) => {
      for (const { value, variance, ...fields } of metrics(session)) {
        const column = columns.get(fields.id) ?? empty(fields, baseline.length, candidate.length);
        columns.set(fields.id, column);
        column[side][run] = value;
        column[`${side}Variance`][run] = variance ?? 0;
      }
    });
  };
  fill(baseline, 'baseline');
  fill(candidate, 'candidate');
  return [...columns.values()].map(withAbsence).map(withZeros);
}

const empty = (fields: MetricFields, baseline: number, candidate: number): Column => ({
  fields,
  baseline: Array.from({ length: baseline }, () => null),
  candidate: Array.from({ length: candidate }, () => null),
  baselineVariance: Array.from({ length: baseline }, () => 0),
  candidateVariance: Array.from({ length: candidate }, () => 0),
  absentFrom: null,
});

function withAbsence(column: Column): Column {
  if (column.fields.missing === 'unknown') return column;
  const absent = (side: 'baseline' | 'candidate'): boolean => present(column[side]).length === 0;
  const inAll = (side: 'baseline' | 'candidate'): boolean =>
    present(column[side]).length === column[side].length;
  if (absent('baseline') && inAll('candidate')) return { ...column, absentFrom: 'baseline' };
  if (absent('candidate') && inAll('baseline')) return { ...column, absentFrom: 'candidate' };
  return column;
}

/** A missing count is 0: the function was not called, or the module not loaded. */
function withZeros(column: Column): Column {
  if (column.fields.kind !== 'exact' || column.fields.missing === 'unknown') return column;
  const zeros = (values: readonly (number | null)[]): number[] => values.map((value) => value ?? 0);
  return { ...column, baseline: zeros(column.baseline), candidate: zeros(column.candidate) };
}
