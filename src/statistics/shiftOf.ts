import { present } from './present.ts';
import type { Shift } from './shift.ts';
import { pairedShift, unpairedShift } from './shift.ts';
import type { Sides } from './sides.ts';

/** The shift from baseline to candidate, paired or not; null if too few runs have a value. */
export function shiftOf(
  { baseline, candidate }: Sides,
  paired: boolean,
  confidence: number,
): Shift | null {
  if (!paired) return unpairedShift(present(baseline), present(candidate), confidence);
  const differences = baseline.flatMap((value, pair) => {
    const other = candidate[pair] ?? null;
    return value === null || other === null ? [] : [other - value];
  });
  return pairedShift(differences, confidence);
}
