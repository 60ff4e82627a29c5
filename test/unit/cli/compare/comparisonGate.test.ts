import { expect, test } from 'vitest';
import { comparisonGate } from '../../../../src/cli/compare/comparisonGate.ts';
import type { GateLine } from '../../../../src/cli/output/gateLine.ts';
import { exitCode } from '../../../../src/cli/output/gateLine.ts';
import type { Comparison, Refusals } from '../../../../src/compare/model.ts';
import { comparison, equal, metric, unknown } from './comparisons.ts';

const gate = (change: Partial<Comparison>): GateLine[] =>
  comparisonGate({ page: '/', comparison: comparison(change) });
const REFUSED: Refusals = {
  times: [{ code: 'baseline tier', session: 'a' }],
  memory: [],
  counts: [],
  transfer: [],
};

test('a change for the worse ends with code 1', () => {
  expect(exitCode(gate({}))).toBe(1);
});

test('a comparison without a change ends with code 0', () => {
  expect(exitCode(gate({ metrics: [unknown, equal] }))).toBe(0);
});

test('a comparison without any result ends with code 2', () => {
  expect(exitCode(gate({ metrics: [unknown] }))).toBe(2);
});

test('sessions that cannot be compared end with code 2', () => {
  expect(exitCode(gate({ metrics: [unknown, equal], refused: REFUSED }))).toBe(2);
});

test('sessions that cannot be compared are compared on request', () => {
  const options = { ...comparison().options, force: true };
  expect(exitCode(gate({ metrics: [unknown, equal], refused: REFUSED, options }))).toBe(0);
});

test('without any result, the runs needed for one are named', () => {
  expect(gate({ metrics: [{ ...unknown, runsNeeded: 12 }] })[0]).toMatchObject({
    outcome: 'not measured',
    text: 'too few runs for any result. Record more (about 12 runs per side needed for the first result)',
  });
});

test('without any result nor an estimate, more runs are asked for', () => {
  expect(gate({ metrics: [unknown] })[0]).toMatchObject({
    text: 'too few runs for any result. Record more',
  });
});

test('a figure with two names is judged once', () => {
  const alias = metric({ id: 'alias', label: 'Load time, again', aliasOf: 'Load time' });
  expect(gate({ metrics: [metric(), alias] })).toHaveLength(1);
});

test('what only one side has passes, in one line for each side', () => {
  const gone = ['calls', 'self time'].map((what) =>
    metric({ id: what, label: `a.wasm · step: ${what}`, verdict: 'gone', worse: false }),
  );
  const added = metric({ label: 'b.wasm: size', verdict: 'new', worse: false });
  const lines = gate({ metrics: [...gone, added] });
  expect(lines.map(({ name, outcome }) => [name, outcome])).toEqual([
    ['gone', 'passed'],
    ['new', 'passed'],
  ]);
});
