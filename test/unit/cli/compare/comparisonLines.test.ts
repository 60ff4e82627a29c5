import { expect, test } from 'vitest';
import { comparisonLines } from '../../../../src/cli/compare/comparisonLines.ts';
import { plain } from '../../../../src/cli/io.ts';
import type { Comparison } from '../../../../src/compare/model.ts';
import type { Refusal, Refusals } from '../../../../src/compare/refusal.ts';
import { comparisonText } from '../../../../src/text/comparisonText.ts';
import { comparison, metric, side, unknown } from './comparisons.ts';

/** The lines that contain a text. */
const linesWith = (
  wanted: RegExp | string,
  change: Partial<Comparison> = {},
  all = false,
): string[] =>
  comparisonLines({ page: '/app/', comparison: comparison(change) }, { all, paint: plain }).filter(
    (line) => (typeof wanted === 'string' ? line.includes(wanted) : wanted.test(line)),
  );

test('a metric is shown with its change, interval and verdict', () => {
  expect(comparisonText(metric(), 0.95)).toBe(
    '80.0 ms → 92.0 ms, +15 % (95 %: +12 % to +18 %): slower',
  );
});

test('a metric without a result is shown with what would give one', () => {
  expect(comparisonText(unknown, 0.95)).toMatch(/: unknown, Too few runs have a value\.$/);
});

test('a change that rounding hides is shown as a difference', () => {
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

test('only figures that changed are printed', () => {
  expect(linesWith('Load time')).toHaveLength(1);
});

test('every figure is printed on request', () => {
  expect(linesWith('Load time', {}, true)).toHaveLength(2);
});

test('what explains a change is printed last', () => {
  expect(linesWith(/./).at(-1)).toBe(
    '    function env.read: +11.0 ms (+10.0 ms to +12.0 ms), 80 % of all changes in functions, 10 → 12 times',
  );
});

test('a figure with two names is printed once, with both', () => {
  const alias = metric({ id: 'alias', label: 'Load time, again', aliasOf: 'Load time' });
  expect(linesWith('Load time', { metrics: [metric(), alias] }, true)).toEqual([
    expect.stringMatching(/Load time .*slower \(also Load time, again\)$/),
  ]);
});

test('what only one side has is printed in one line', () => {
  const gone = ['calls', 'self time'].map((what) =>
    metric({ id: what, label: `a.wasm · step: ${what}`, verdict: 'gone', candidate: null }),
  );
  const added = metric({ label: 'b.wasm: size', verdict: 'new', baseline: null });
  expect(linesWith(/gone|new/, { metrics: [...gone, added] })).toEqual([
    '  gone, only in the baseline: a.wasm · step',
    '  new, only in the candidate: b.wasm',
  ]);
});

test('a module that is gone stands for its functions', () => {
  const metrics = ['a.wasm: size', 'a.wasm · step: calls', 'b.wasm · draw: calls'].map((label) =>
    metric({ id: label, label, verdict: 'gone' }),
  );
  expect(linesWith('gone', { metrics })).toEqual([
    '  gone, only in the baseline: a.wasm, b.wasm · draw',
  ]);
});

test('a reason against every part of a comparison is printed once', () => {
  const reason: Refusal = { code: 'empty', session: 'a' };
  const refused: Refusals = {
    times: [reason, { code: 'dropped', session: 'b' }],
    memory: [reason],
    counts: [reason],
    transfer: [reason],
  };
  expect(linesWith('!', { refused })).toEqual([
    '  ! nothing can be compared: a is empty. Record the page again.',
    '  ! times cannot be compared: b: the agent’s buffers overflowed, so its counts are incomplete.',
  ]);
});
