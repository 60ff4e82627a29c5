import type { Shift } from '../statistics/shift.ts';
import { pairedShift, unpairedShift } from '../statistics/shift.ts';
import { present } from './column.ts';

/** Values of both sides, run by run. */
interface Sides {
  base: readonly (number | null)[];
  head: readonly (number | null)[];
}

/** The shift from base to head, by pairs or not; null where too few runs know it. */
export function shiftOf({ base, head }: Sides, paired: boolean, confidence: number): Shift | null {
  if (!paired) return unpairedShift(present(base), present(head), confidence);
  const differences = base.flatMap((value, pair) => {
    const other = head[pair] ?? null;
    return value === null || other === null ? [] : [other - value];
  });
  return pairedShift(differences, confidence);
}
