import type { GateLine } from './gateLine.ts';

/** Workflow commands: an error for what failed, a warning for what was not decided. */
export const annotations = (lines: readonly GateLine[]): string[] =>
  lines
    .filter(({ outcome }) => outcome !== 'passed')
    .map(({ group, name, outcome, text }) => {
      const level = outcome === 'failed' ? 'error' : 'warning';
      return `::${level} title=${escapeProperty(`${group}: ${name}`)}::${escapeData(text)}`;
    });

const MARKS = { passed: '✅', failed: '❌', 'not measured': '❔', undecided: '❔' };

/** A Markdown table for the summary of a job. */
export function jobSummary(title: string, lines: readonly GateLine[]): string {
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

const cell = (text: string): string =>
  text
    .replace(/[|\\]/g, '\\$&')
    .replace(/[\r\n]+/g, ' ')
    .replace(/</g, '&lt;');

// Escaped as actions/toolkit does.
const escapeData = (text: string): string =>
  text.replace(/%/g, '%25').replace(/\r/g, '%0D').replace(/\n/g, '%0A');
const escapeProperty = (text: string): string =>
  escapeData(text).replace(/:/g, '%3A').replace(/,/g, '%2C');
