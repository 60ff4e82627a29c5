import type { Figure } from './statistics.ts';

/** One line of the bench's table. */
export interface Row {
  group: string;
  what: string;
  unit: string;
  /** With Wasmscope; where `against` is there, what it adds or the ratio, as the unit says. */
  figure: Figure;
  /** The same work without. */
  native?: Figure;
  /** The same figure for other ways to do it. */
  alternatives?: { name: string; figure: Figure }[];
  /** The most it may be. */
  limit?: number;
}

const number = (value: number): string => value.toFixed(Math.abs(value) >= 100 ? 0 : Math.abs(value) >= 10 ? 1 : 2);
const withSpread = ({ median, low, high }: Figure): string => `${number(median)} (${number(low)}–${number(high)})`;

/** The rows as a table of text; quartiles in brackets. */
export function toTable(rows: readonly Row[]): string {
  const lines = [['', 'Wasmscope', 'without', 'other ways', 'limit']];
  let group = '';
  for (const row of rows) {
    if (row.group !== group) lines.push([(group = row.group)]);
    lines.push([
      `  ${row.what}, ${row.unit}`,
      withSpread(row.figure),
      row.native ? withSpread(row.native) : '',
      (row.alternatives ?? []).map(({ name, figure }) => `${name} ${number(figure.median)}`).join(', '),
      row.limit === undefined ? '' : `${row.limit}${row.figure.median > row.limit ? '  MISSED' : ''}`,
    ]);
  }
  const widths = lines.reduce<number[]>((most, line) => line.map((cell, at) => Math.max(most[at] ?? 0, line.length > 1 ? cell.length : 0)), [0, 0, 0, 0, 0]);
  for (const line of lines) line.forEach((cell, at) => (widths[at] = Math.max(widths[at] ?? 0, line.length > 1 ? cell.length : 0)));
  return lines.map((line) => line.map((cell, at) => cell.padEnd(widths[at] ?? 0)).join('  ').trimEnd()).join('\n');
}
