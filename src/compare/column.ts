import type { Metric, MetricFields } from '../metrics/metricsOf.ts';
import { metricsOf } from '../metrics/metricsOf.ts';
import type { Session } from '../session/model.ts';

/** One metric in all runs: run i stands at i; null where a run does not know it. */
export interface Column {
  fields: MetricFields;
  base: (number | null)[];
  head: (number | null)[];
  /** Variance of each value as an estimate, in the unit's square; 0 where it has none. */
  baseVariance: number[];
  headVariance: number[];
  /** The side that has it in no run, where the other has it in all; null: both have it, or it is not known. */
  absentFrom: 'base' | 'head' | null;
}

/** The metrics of both sides, those of the base first. */
export function columnsOf(
  base: readonly Session[],
  head: readonly Session[],
  metrics: (session: Session) => Metric[] = metricsOf,
): Column[] {
  const columns = new Map<string, Column>();
  const fill = (sessions: readonly Session[], side: 'base' | 'head'): void => {
    sessions.forEach((session, run) => {
      for (const { value, variance, ...fields } of metrics(session)) {
        const column = columns.get(fields.id) ?? empty(fields, base.length, head.length);
        columns.set(fields.id, column);
        column[side][run] = value;
        column[`${side}Variance`][run] = variance ?? 0;
      }
    });
  };
  fill(base, 'base');
  fill(head, 'head');
  return [...columns.values()].map(withAbsence).map(withZeros);
}

const empty = (fields: MetricFields, base: number, head: number): Column => ({
  fields,
  base: Array.from({ length: base }, () => null),
  head: Array.from({ length: head }, () => null),
  baseVariance: Array.from({ length: base }, () => 0),
  headVariance: Array.from({ length: head }, () => 0),
  absentFrom: null,
});

function withAbsence(column: Column): Column {
  if (column.fields.missing === 'unknown') return column;
  const absent = (side: 'base' | 'head'): boolean => present(column[side]).length === 0;
  const inAll = (side: 'base' | 'head'): boolean =>
    present(column[side]).length === column[side].length;
  if (absent('base') && inAll('head')) return { ...column, absentFrom: 'base' };
  if (absent('head') && inAll('base')) return { ...column, absentFrom: 'head' };
  return column;
}

/** A count that a run lacks is 0: a function that was not called, a module not loaded. */
function withZeros(column: Column): Column {
  if (column.fields.kind !== 'exact' || column.fields.missing === 'unknown') return column;
  const zeros = (values: readonly (number | null)[]): number[] => values.map((value) => value ?? 0);
  return { ...column, base: zeros(column.base), head: zeros(column.head) };
}

export const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

export const present = (values: readonly (number | null)[]): number[] =>
  values.filter((value) => value !== null);
