/** How far the keys of a list move its selection; a page depends on the list's height. */
const STEPS: Record<string, (page: number) => number> = {
  ArrowDown: () => 1,
  ArrowUp: () => -1,
  PageDown: (page) => page,
  PageUp: (page) => -page,
  Home: () => -Infinity,
  End: () => Infinity,
};

/**
 * Where a key moves the selection of a list.
 * @param index of the selected row, −1 for none
 * @param page how many rows Page Up and Page Down skip
 * @returns the index of the row to select; null for other keys and for an empty list
 */
export function stepInList(
  key: string,
  index: number,
  length: number,
  page: number,
): number | null {
  const step = STEPS[key];
  if (!step || length === 0) return null;
  return Math.min(length - 1, Math.max(0, index + step(page)));
}
