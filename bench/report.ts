import type { Figure } from './statistics.ts';

/** One line of the bench's table. */
export interface Row {
  group: string;
  what: string;
  unit: string;
  /**
   * With Wasmscope: what it adds, the ratio or the figure itself, as the group and unit say. Null:
   * not run, `reason` says why.
   */
  figure: Figure | null;
  reason?: string;
  /** The same work without. */
  native?: Figure;
  /** The same figure for other ways to do it. */
  alternatives?: { name: string; figure: Figure }[];
  /** The most it may be. */
  limit?: number;
  /** The least it may be. */
  least?: number;
}

/** Where and when the bench ran. */
export interface About {
  /** ISO 8601. */
  date: string;
  browser: string;
  node: string;
  platform: string;
  cpu: string;
  cores: number;
  /** Load average of the last minute before and after: a busy machine falsifies times. */
  load: readonly [before: number, after: number];
  /** How long all of it took, s. */
  seconds: number;
}

const number = (value: number): string =>
  value.toFixed(Math.abs(value) >= 100 ? 0 : Math.abs(value) >= 10 ? 1 : 2);

function withSpread({ median, low, high, samples }: Figure): string {
  return samples > 1 ? `${number(median)} (${number(low)}–${number(high)})` : number(median);
}

/** Whether a figure keeps within what it may be; null: nothing is asked of it. */
export function keeps({ figure, limit, least }: Row): boolean | null {
  if (!figure || (limit === undefined && least === undefined)) return null;
  return figure.median <= (limit ?? Infinity) && figure.median >= (least ?? -Infinity);
}

function asked(row: Row): string {
  const bounds = [
    row.least === undefined ? '' : `≥ ${row.least}`,
    row.limit === undefined ? '' : `≤ ${row.limit}`,
  ]
    .filter(Boolean)
    .join(', ');
  return keeps(row) === false ? `${bounds}  MISSED` : bounds;
}

const HEAD = ['', 'Wasmscope', 'without', 'other ways', 'asked'] as const;

const cells = (row: Row): string[] => [
  `${row.what}, ${row.unit}`,
  row.figure ? withSpread(row.figure) : `not run: ${row.reason ?? ''}`,
  row.native ? withSpread(row.native) : '',
  (row.alternatives ?? []).map(({ name, figure }) => `${name} ${number(figure.median)}`).join(', '),
  asked(row),
];

/** The rows as a table of text; quartiles in brackets. */
export function toTable(rows: readonly Row[]): string {
  const lines: string[][] = [[...HEAD]];
  let group = '';
  for (const row of rows) {
    if (row.group !== group) {
      group = row.group;
      lines.push([group]);
    }
    const [what = '', ...rest] = cells(row);
    lines.push([`  ${what}`, ...rest]);
  }
  const widths = HEAD.map((_, at) =>
    Math.max(...lines.map((line) => (line.length > 1 ? (line[at] ?? '').length : 0))),
  );
  return lines
    .map((line) =>
      line
        .map((cell, at) => cell.padEnd(widths[at] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

/** The rows as Markdown: a line about the run, and a table a group. */
export function toMarkdown(
  rows: readonly Row[],
  { date, browser, node, platform, cpu, cores, load, seconds }: About,
): string {
  const parts = [
    `${date.slice(0, 10)}, ${browser}, Node ${node.replace(/^v/, '')}, ${platform}, ${cpu}, ${cores} cores; load ${load.map(number).join(' before, ')} after; ` +
      `${Math.round(seconds)} s. Medians, quartiles in brackets.`,
  ];
  for (const group of new Set(rows.map((row) => row.group))) {
    const ofGroup = rows.filter((row) => row.group === group).map(cells);
    const used = HEAD.map((_, at) => at < 2 || ofGroup.some((line) => line[at] !== ''));
    const line = (texts: readonly string[]): string =>
      `| ${texts
        .filter((_, at) => used[at])
        .map((text) => text.replaceAll('|', '\\|'))
        .join(' | ')} |`;
    parts.push(
      [`### ${group}`, '', line(HEAD), line(HEAD.map(() => '---')), ...ofGroup.map(line)].join(
        '\n',
      ),
    );
  }
  return parts.join('\n\n');
}
