import type { GateLine } from './gateLine.ts';

/** The lines as JUnit XML: a suite a page, a case a line. What was not decided is an error, not a failure. */
export function junit(lines: readonly GateLine[]): string {
  const groups = [...new Set(lines.map(({ group }) => group))];
  const suites = groups.map((group) => {
    const own = lines.filter((line) => line.group === group);
    const failures = own.filter(({ outcome }) => outcome === 'broken').length;
    const errors = own.filter(
      ({ outcome }) => outcome === 'not measured' || outcome === 'undecided',
    ).length;
    const head = `  <testsuite name="${escaped(group)}" tests="${own.length}" failures="${failures}" errors="${errors}">`;
    return [head, ...own.map(testcase), '  </testsuite>'].join('\n');
  });
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<testsuites name="wasmscope">',
    ...suites,
    '</testsuites>',
    '',
  ].join('\n');
}

function testcase({ group, name, outcome, text }: GateLine): string {
  const start = `    <testcase classname="${escaped(group)}" name="${escaped(name)}"`;
  if (outcome === 'holds') return `${start}/>`;
  const element = outcome === 'broken' ? 'failure' : 'error';
  return `${start}><${element} message="${escaped(text)}"/></testcase>`;
}

/** Control characters, which XML cannot hold at all, are left out. */
const escaped = (text: string): string =>
  [...text]
    .filter((letter) => letter >= ' ' || letter === '\t')
    .join('')
    .replace(/[&<>"']/g, (letter) => `&#${letter.charCodeAt(0)};`);
