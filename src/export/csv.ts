export type Cell = string | number | boolean | null;

/**
 * What a spreadsheet would take for the start of a formula (OWASP, CSV injection), in full width
 * too.
 */
const FORMULA = /^[=+\-@\t\r\n\uFF1D\uFF0B\uFF0D\uFF20]/;

/**
 * A cell as RFC 4180 wants it. Text that a spreadsheet would take for a formula gets a single quote
 * in front, as names come from the page; numbers stay as they are. What is not known is empty.
 */
export function csvCell(value: Cell): string {
  if (value === null) return '';
  if (typeof value !== 'string') return String(value);
  const safe = FORMULA.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

export const csvLine = (cells: readonly Cell[]): string => `${cells.map(csvCell).join(',')}\r\n`;
