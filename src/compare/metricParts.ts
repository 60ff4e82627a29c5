import { FUNCTION_CALLS, FUNCTION_SELF } from '../metrics/crossingMetrics.ts';
import { LOAD_READY } from '../metrics/moduleMetrics.ts';
import type { Column } from './column.ts';
import { columnsBySubject } from './columnsBySubject.ts';
import type { Part } from './part.ts';

/** Self times and calls of boundary functions. */
export function functionParts(columns: readonly Column[]): Part[] {
  const find = columnsBySubject(columns);
  return columns.flatMap((time): Part[] => {
    const { subject, quantity } = time.fields;
    if (subject.type !== 'function' || quantity !== FUNCTION_SELF.quantity) return [];
    const { module, name } = subject;
    const count = find(subject, FUNCTION_CALLS.quantity);
    return [
      { kind: 'function', id: `${module}/${name}`, label: `${module} · ${name}`, time, count },
    ];
  });
}

/** Self times and calls of each module's functions together. */
export function moduleParts(columns: readonly Column[]): Part[] {
  const modules = new Map<string, Part>();
  for (const { time, count } of functionParts(columns)) {
    const { subject } = time.fields;
    const name = 'module' in subject ? (subject.module ?? '') : '';
    const sum = modules.get(name);
    modules.set(name, {
      kind: 'module',
      id: name,
      label: name,
      time: sum ? joined(sum.time, time) : time,
      count: sum?.count && count ? joined(sum.count, count) : count,
    });
  }
  return [...modules.values()];
}

/** The phases of each module's load. */
export function phaseParts(columns: readonly Column[]): Part[] {
  return columns.flatMap((time): Part[] => {
    const { group, label, quantity, subject } = time.fields;
    if (group !== 'load' || quantity === LOAD_READY || subject.type !== 'module') return [];
    return [{ kind: 'phase', id: `${subject.module}/${quantity}`, label, time, count: null }];
  });
}

/** Adds two columns, run by run. */
function joined(one: Column, other: Column): Column {
  return {
    fields: one.fields,
    baseline: sums(one.baseline, other.baseline),
    candidate: sums(one.candidate, other.candidate),
    baselineVariance: variances(one.baselineVariance, other.baselineVariance),
    candidateVariance: variances(one.candidateVariance, other.candidateVariance),
    absentFrom: one.absentFrom === other.absentFrom ? one.absentFrom : null,
  };
}

const sums = (a: Column['baseline'], b: Column['baseline']): Column['baseline'] =>
  a.map((value, run) => {
    const more = b[run] ?? null;
    return value === null ? more : value + (more ?? 0);
  });

const variances = (a: readonly number[], b: readonly number[]): number[] =>
  a.map((value, run) => value + (b[run] ?? 0));
