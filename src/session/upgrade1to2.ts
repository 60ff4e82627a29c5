import { isRecord } from './isRecord.ts';

/**
 * A segment of version 1 had one weight for all timed calls of a node, N / n: of N calls n were
 * timed. The clock's cost was already subtracted. A segment that has weights is not changed: the
 * stores of both versions look the same.
 */
export function upgrade1to2(segment: unknown): unknown {
  const crossings = isRecord(segment) ? segment.crossings : undefined;
  if (!isRecord(segment) || !isRecord(crossings) || crossings.weight !== undefined) return segment;
  const calls = numbers(crossings.calls);
  const certain = numbers(crossings.certain);
  const timed = numbers(crossings.timed);
  const weights = calls.map((total, index) => {
    const weight = (total - (certain[index] ?? 0)) / (timed[index] ?? 0);
    return weight > 0 && Number.isFinite(weight) ? weight : 0;
  });
  const weighted = (column: number[], power: number): number[] =>
    column.map((sum, index) => sum * (weights[index] ?? 0) ** power);
  const time = numbers(crossings.time);
  return {
    ...segment,
    crossings: {
      ...crossings,
      weight: weighted(timed, 1),
      weight2: weighted(timed, 2),
      time: weighted(time, 1),
      time2: weighted(time, 2),
      square: weighted(numbers(crossings.square), 2),
    },
  };
}

/** A column; validation refuses anything else, because the lengths then differ. */
const numbers = (column: unknown): number[] =>
  Array.isArray(column) ? column.map((value) => (typeof value === 'number' ? value : NaN)) : [];
