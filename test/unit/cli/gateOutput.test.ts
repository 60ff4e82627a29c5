import { expect, test } from 'vitest';
import type { GateLine } from '../../../src/cli/output/gateLine.ts';
import { exitCode } from '../../../src/cli/output/gateLine.ts';
import { annotations, jobSummary } from '../../../src/cli/output/github.ts';
import { junit } from '../../../src/cli/output/junit.ts';

const line = (outcome: GateLine['outcome'], text = 'why'): GateLine => ({
  group: 'https://a.example/',
  name: 'load time',
  outcome,
  text,
});

test('a failure is 1, an undecided line is 2, and a failure counts more', () => {
  expect(exitCode([line('passed')])).toBe(0);
  expect(exitCode([line('passed'), line('undecided')])).toBe(2);
  expect(exitCode([line('not measured'), line('failed')])).toBe(1);
});

test('JUnit has a failure for what failed and an error for what is undecided', () => {
  const xml = junit([line('passed'), line('failed', 'a < b & "c"\u0001'), line('undecided')]);
  expect(xml).toContain('tests="3" failures="1" errors="1"');
  expect(xml).toContain('<failure message="a &#60; b &#38; &#34;c&#34;"/>');
  expect(xml).toContain('<error message="why"/>');
});

test('annotations escape what GitHub would interpret', () => {
  expect(annotations([line('passed'), line('failed', '100 %\nmore')])).toEqual([
    '::error title=https%3A//a.example/%3A load time::100 %25%0Amore',
  ]);
});

test('a page’s name cannot break the table of the summary', () => {
  expect(jobSummary('t', [{ ...line('failed'), name: 'a|b\n<script>' }])).toContain(
    '| a\\|b &lt;script> |',
  );
});
