import type { GateLine } from './gateLine.ts';

/** The lines as workflow commands: what is broken is an error, what was not decided a warning. */
export const annotations = (lines: readonly GateLine[]): string[] =>
  lines
    .filter(({ outcome }) => outcome !== 'holds')
    .map(
      ({ group, name, outcome, text }) =>
        `::${outcome === 'broken' ? 'error' : 'warning'} title=${property(`${group}: ${name}`)}::${data(text)}`,
    );

const MARKS = { holds: '✅', broken: '❌', 'not measured': '❔', undecided: '❔' };

/** The lines as a table for a job's summary. */
export function jobSummary(title: string, lines: readonly GateLine[]): string {
  const cell = (text: string): string =>
    text
      .replace(/[|\\]/g, '\\$&')
      .replace(/[\r\n]+/g, ' ')
      .replace(/</g, '&lt;');
  const rows = lines.map(
    ({ group, name, outcome, text }) =>
      `| ${MARKS[outcome]} | ${cell(group)} | ${cell(name)} | ${cell(text)} |`,
  );
  return [
    `### ${title}`,
    '',
    '| | page | figure | |',
    '| --- | --- | --- | --- |',
    ...rows,
    '',
  ].join('\n');
}

/** As actions/toolkit escapes them. */
const data = (text: string): string =>
  text.replace(/%/g, '%25').replace(/\r/g, '%0D').replace(/\n/g, '%0A');
const property = (text: string): string => data(text).replace(/:/g, '%3A').replace(/,/g, '%2C');
