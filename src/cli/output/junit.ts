import type { GateLine } from './gateLine.ts';

/**
 * JUnit XML: a suite for each page, a case for each line. What could not be decided is an error,
 * not a failure.
 */
export function junit(lines: readonly GateLine[]): string {
  const groups = [...new Set(lines.map(({ group }) => group))];
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<testsuites name="wasmscope">',
    ...groups.map((group) =>
      suite(
        group,
        lines.filter((line) => line.group === group),
      ),
    ),
    '</testsuites>',
    '',
  ].join('\n');
}

function suite(group: string, lines: readonly GateLine[]): string {
  const failures = lines.filter(({ outcome }) => outcome === 'failed').length;
  const passed = lines.filter(({ outcome }) => outcome === 'passed').length;
  const errors = lines.length - failures - passed;
  return [
    `  <testsuite name="${escapeXml(group)}" tests="${lines.length}" failures="${failures}" errors="${errors}">`,
    ...lines.map(testcase),
    '  </testsuite>',
  ].join('\n');
}

function testcase({ group, name, outcome, text }: GateLine): string {
  const start = `    <testcase classname="${escapeXml(group)}" name="${escapeXml(name)}"`;
  if (outcome === 'passed') return `${start}/>`;
  const element = outcome === 'failed' ? 'failure' : 'error';
  return `${start}><${element} message="${escapeXml(text)}"/></testcase>`;
}

/** Control characters are left out, because XML cannot hold them at all. */
const escapeXml = (text: string): string =>
  [...text]
    .filter((letter) => letter >= ' ' || letter === '\t')
    .join('')
    .replace(/[&<>"']/g, (letter) => `&#${letter.charCodeAt(0)};`);
