export type Cell = string | number | boolean | null;

/** Characters that start a formula in spreadsheets (OWASP, CSV injection), also in full width. */
const FORMULA = /^[=+\-@\t\r\n\uFF1D\uFF0B\uFF0D\uFF20]/;

/**
 * A cell according to RFC 4180. Text that a spreadsheet would run as a formula gets a single quote
 * in front, because names come from the page; numbers do not. Null becomes an empty cell.
 */
export function csvCell(value: Cell): string {
  if (value === null) return '';
  if (typeof value !== 'string') return String(value);
  const safe = FORMULA.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

export const csvLine = (cells: readonly Cell[]): string => `${cells.map(csvCell).join(',')}\r\n`;
