import type { TimeRange } from '../session/model.ts';

/**
 * Whether an interval belongs to a range. It belongs as a whole or not at all, by its middle, so
 * that counts stay exact.
 */
export function inRange(from: number, to: number, range?: TimeRange | null): boolean {
  const middle = (from + to) / 2;
  return !range || (middle >= range.from && middle <= range.to);
}
