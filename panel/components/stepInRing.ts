const KEYS = {
  horizontal: { next: 'ArrowRight', previous: 'ArrowLeft' },
  vertical: { next: 'ArrowDown', previous: 'ArrowUp' },
} as const;

/**
 * Where an arrow key moves within a row of tabs or the items of a menu: after the last comes the
 * first.
 * @param index of the current item, −1 for none
 * @returns the index to move to; null for other keys and where there are no items
 */
export function stepInRing(
  key: string,
  direction: keyof typeof KEYS,
  index: number,
  length: number,
): number | null {
  const { next, previous } = KEYS[direction];
  if (length === 0) return null;
  if (key === next) return (index + 1) % length;
  if (key === previous) return (Math.max(index, 0) - 1 + length) % length;
  return null;
}
