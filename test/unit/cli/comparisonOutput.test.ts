import { expect, test } from 'vitest';
import { comparisonGate } from '../../../src/cli/compare/comparisonGate.ts';
import { comparisonLines as linesOf } from '../../../src/cli/compare/comparisonLines.ts';
import { openMetrics } from '../../../src/cli/compare/openMetrics.ts';
import type { PageComparison } from '../../../src/cli/compare/pageComparison.ts';
import { plain } from '../../../src/cli/io.ts';
import { exitCode } from '../../../src/cli/output/gateLine.ts';
import type { Comparison, MetricComparison } from '../../../src/compare/model.ts';
import { comparisonText } from '../../../src/text/comparisonText.ts';

const comparisonLines = (page: PageComparison, all: boolean): string[] =>
  linesOf(page, { all, paint: plain });

const side = (median: number) => ({ runs: 6, median, min: median, max: median });
const metric = (change: Partial<MetricComparison> = {}): MetricComparison => ({
  id: 'load',
  label: 'Load time',
  subject: { type: 'page' },
  quantity: 'load',
  unit: 'ms',
  group: 'load',
  kind: 'timed',
  depends: 'times',
  better: 'lower',
  baseline: side(80),
  candidate: side(92),
  ratio: 1.15,
  interval: [1.12, 1.18],
  difference: 12,
  p: 0.001,
  verdict: 'slower',
  within: null,
  significant: true,
  worse: true,
  noisy: false,
  runsNeeded: null,
  aliasOf: null,
  notes: [],
  ...change,
});
const unknown = metric({
  verdict: 'unknown',
  significant: false,
  worse: false,
  interval: [0.9, 1.4],
  notes: ['About 20 runs are needed.'],
});
const equal = metric({
  kind: 'exact',
  verdict: 'equal',
  significant: false,
  worse: false,
  ratio: 1,
  interval: null,
});
const comparison = (change: Partial<Comparison> = {}): Comparison => ({
  runs: { baseline: 6, candidate: 6 },
  paired: true,
  refused: { times: [], memory: [], counts: [], transfer: [] },
  notes: [],
  metrics: [metric(), unknown],
  options: {
    minEffect: 0.03,
    alpha: 0.05,
    confidence: 0.95,
    tolerance: {},
    force: false,
    paired: 'auto',
    seed: 1,
    refused: { times: [], memory: [], counts: [], transfer: [] },
  },
  explanation: [
    {
      kind: 'function',
      id: 'a/read',
      label: 'env.read',
      difference: 11,
      interval: [10, 12],
      share: 0.8,
      count: { baseline: 10, candidate: 12 },
      byCount: 2,
    },
  ],
  ...change,
});

test('a metric is told with its change, interval and verdict', () => {
  expect(comparisonText(metric(), 0.95)).toBe(
    '80.0 ms → 92.0 ms, +15 % (95 %: +12 % to +18 %): slower',
  );
  expect(comparisonText(unknown, 0.95)).toMatch(/: unknown, About 20 runs are needed\.$/);
});

test('a change too small to be seen in the figures is told by its difference', () => {
  const bytes = metric({
    unit: 'bytes',
    kind: 'exact',
    baseline: side(747_123),
    candidate: side(747_253),
    difference: 130,
    ratio: 747_253 / 747_123,
    interval: null,
    verdict: 'larger',
  });
  expect(comparisonText(bytes, 0.95)).toBe('747 kB → 747 kB, +130 B, +0.02 %: larger');
});

test('where nothing can be told, it is said how many runs would', () => {
  const gate = (runsNeeded: number | null) =>
    comparisonGate({
      page: '/',
      comparison: comparison({ metrics: [{ ...unknown, runsNeeded }] }),
    })[0];
  expect(gate(12)).toMatchObject({
    outcome: 'not measured',
    text: 'too few runs for any result. Record more (about 12 runs per side needed for the first result)',
  });
  expect(gate(null)).toMatchObject({ text: 'too few runs for any result. Record more' });
});

test('only what changed is printed, with what explains it', () => {
  const lines = comparisonLines({ page: '/app/', comparison: comparison() }, false);
  expect(lines.filter((line) => line.includes('Load time'))).toHaveLength(1);
  expect(lines.at(-1)).toBe(
    '    function env.read: +11.0 ms (+10.0 ms to +12.0 ms), 80 % of all changes in functions, 10 → 12 times',
  );
  expect(
    comparisonLines({ page: '/app/', comparison: comparison() }, true).filter((line) =>
      line.includes('Load time'),
    ),
  ).toHaveLength(2);
});

test('a figure under two names is told once, with both', () => {
  const original = metric({ id: 'original', label: 'Load time, again', aliasOf: 'Load time' });
  const lines = comparisonLines(
    { page: '/', comparison: comparison({ metrics: [metric(), original] }) },
    true,
  );
  expect(lines.filter((line) => line.includes('Load time'))).toEqual([
    expect.stringMatching(/Load time .*slower \(also Load time, again\)$/),
  ]);
  expect(
    comparisonGate({ page: '/', comparison: comparison({ metrics: [metric(), original] }) }),
  ).toHaveLength(1);
});

test('what only one side has is one line, not a tick a figure', () => {
  const gone = ['calls', 'self time'].map((what) =>
    metric({
      id: what,
      label: `a.wasm · step: ${what}`,
      verdict: 'gone',
      worse: false,
      candidate: null,
      ratio: null,
      interval: null,
    }),
  );
  const whole = comparison({
    metrics: [...gone, metric({ label: 'b.wasm: size', verdict: 'new', worse: false })],
  });
  const lines = comparisonLines({ page: '/', comparison: whole }, false);
  expect(lines.filter((line) => /gone|new/.test(line))).toEqual([
    '  gone, only in the baseline: a.wasm · step',
    '  new, only in the candidate: b.wasm',
  ]);
  expect(
    comparisonGate({ page: '/', comparison: whole }).map(({ name, outcome }) => [name, outcome]),
  ).toEqual([
    ['gone', 'passed'],
    ['new', 'passed'],
  ]);
});

test('a module that is gone stands for its functions', () => {
  const gone = ['a.wasm: size', 'a.wasm · step: calls', 'b.wasm · draw: calls'].map((label) =>
    metric({ id: label, label, verdict: 'gone', worse: false }),
  );
  expect(
    comparisonLines({ page: '/', comparison: comparison({ metrics: gone }) }, false).find((line) =>
      line.includes('gone'),
    ),
  ).toBe('  gone, only in the baseline: a.wasm, b.wasm · draw');
});

test('a reason that concerns all is said once', () => {
  const reason = 'They have no module in common.';
  const refused = {
    times: [reason, 'DevTools differs.'],
    memory: [reason],
    counts: [reason],
    transfer: [reason],
  };
  expect(
    comparisonLines({ page: '/', comparison: comparison({ refused }) }, false).filter((line) =>
      line.includes('!'),
    ),
  ).toEqual([
    `  ! nothing can be compared: ${reason}`,
    '  ! times cannot be compared: DevTools differs.',
  ]);
});

test('a comparison that can tell nothing does not hold', () => {
  const nothing = comparison({ metrics: [unknown] });
  expect(exitCode(comparisonGate({ page: '/', comparison: nothing }))).toBe(2);
});

test('a change for the worse is 1; what may not be compared is 2, unless forced', () => {
  const code = (change: Partial<Comparison>): number =>
    exitCode(comparisonGate({ page: '/', comparison: comparison(change) }));
  const refused = {
    times: ['DevTools was open on one side.'],
    memory: [],
    counts: [],
    transfer: [],
  };
  expect(code({})).toBe(1);
  expect(code({ metrics: [unknown, equal] })).toBe(0);
  expect(code({ metrics: [unknown], refused })).toBe(2);
  expect(
    code({ metrics: [unknown, equal], refused, options: { ...comparison().options, force: true } }),
  ).toBe(0);
});

test('ab goes on while a timing that matters is neither told nor precise', () => {
  const precision = { share: 0.03, least: 1 };
  const open = (change: Partial<MetricComparison>): number =>
    openMetrics(comparison({ metrics: [{ ...unknown, ...change }] }), precision).length;
  expect(open({})).toBe(1);
  expect(open({ interval: [0.99, 1.02] })).toBe(0);
  expect(open({ verdict: 'slower' })).toBe(0);
  expect(open({ baseline: side(0.2), candidate: side(0.3) })).toBe(0);
  expect(open({ kind: 'exact' })).toBe(0);
});
