/** Height of a table's row and of its head, CSS pixels. */
export const ROW_HEIGHT = 23;

/**
 * The height of a table that shows all its rows without scrolling, for CSS.
 * @param room beside the rows, CSS pixels
 */
export const tableHeight = (rows: number, room = 4): string =>
  `${(rows + 1) * ROW_HEIGHT + room}px`;
