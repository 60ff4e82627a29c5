import { describe, expect, it, test } from 'vitest';
import { readConfig } from '../../../src/budgets/config.ts';
import { judge } from '../../../src/budgets/judge.ts';
import type { Session } from '../../../src/session/model.ts';
import { moduleRow, segmentsOf, sessionFrom } from '../sessionBuilder.ts';
import { judged, run } from './runs.ts';

test.each([
  ['module size', 1000],
  ['module size of parser.*', 1000],
  ['load time', 80],
  ['compile time of parser.wasm', 50],
  ['crossings', 101],
  ['calls of env.read', 100],
  ['time in parse', 30],
  ['self time of parse', 18],
  ['time in wasm', 30],
  ['measure parse', 20],
  ['speed-up of parse over parse-js', 3],
  ['memory peak', 32 * 65536],
  ['memory growth', 16 * 65536],
  ['requests', 3],
  ['transferred', 300],
  ['latency p50', 20],
  ['latency p95', 300],
  ['vital LCP', 900],
])('%s is read from the session', (key, value) => {
  expect(judged({ [key]: { max: 1 } }, [run()])?.value).toBeCloseTo(value, 6);
});

test('the memory of two measures is compared', () => {
  expect(judged({ 'memory of parse-js over parse': { max: 3 } }, [run()])).toMatchObject({
    outcome: 'passed',
    value: 2,
  });
});

describe('a fixed limit', () => {
  it('fails a figure above the maximum', () => {
    expect(judged({ 'measure parse': '16 ms' }, [run()])).toMatchObject({
      outcome: 'failed',
      value: 20,
      max: 16,
      reason: { code: 'above maximum' },
    });
  });

  it('fails a speed-up below the minimum', () => {
    expect(judged({ 'speed-up of parse over parse-js': 4 }, [run()])).toMatchObject({
      outcome: 'failed',
      min: 4,
      reason: { code: 'below minimum' },
    });
  });

  const runs = [run(), run(), run(), run(), run({ parse: 500, calls: 101 })];

  it('is not failed by one slow run of five', () => {
    expect(judged({ 'measure parse': '25 ms' }, runs)?.outcome).toBe('passed');
  });

  it('is failed by one extra call in one of five runs', () => {
    expect(judged({ 'calls of env.read': 100 }, runs)?.outcome).toBe('failed');
  });
});

describe('a figure that is missing', () => {
  it('does not pass the budget of a name that was not recorded', () => {
    expect(judged({ 'measure pares': '16 ms' }, [run()])).toMatchObject({
      outcome: 'missing',
      value: null,
      reason: { code: 'not recorded' },
    });
  });

  it.each([
    ['module size', '5 MB'],
    ['total module size', '5 MB'],
    ['module size of parser.wasm', '5 MB'],
    ['crossings', 5],
    ['time in wasm', '5 ms'],
    ['load time', '5 ms'],
    ['memory peak', '5 MB'],
  ])('does not pass a budget of %s on a page without a module', (key, limit) => {
    expect(judged({ [key]: limit }, [sessionFrom(segmentsOf([{}]))])).toMatchObject({
      outcome: 'missing',
      reason: { code: 'no module loaded' },
    });
  });

  it.each([
    ['crossings', 1000],
    ['time in wasm', '1 s'],
  ])('does not pass a budget of %s where the module failed to load', (key, limit) => {
    const failed = moduleRow({
      notStreamedReason: 'failed',
      compileEnd: null,
      instances: 0,
      bytes: null,
    });
    const session = sessionFrom(segmentsOf([{ modules: [failed] }]));
    expect(judged({ [key]: limit }, [session])).toMatchObject({
      outcome: 'missing',
      reason: { code: 'no module loaded' },
    });
  });

  it('does not pass the budget of a session that was cut short', () => {
    const session = run();
    const info = { ...session.info, state: 'cut' as const, reason: 'The browser was closed.' };
    expect(judged({ crossings: { max: 1000 } }, [{ ...session, info }])).toMatchObject({
      outcome: 'missing',
      reason: { code: 'cut short', reason: 'The browser was closed.' },
    });
  });
});

describe('an increase of an exact figure', () => {
  it('fails where it is larger than allowed', () => {
    const result = judged({ crossings: { increase: 0 } }, [run({ calls: 101 })], [run()]);
    expect(result?.outcome).toBe('failed');
  });

  it('passes where it is allowed', () => {
    const result = judged({ crossings: { increase: '1 %' } }, [run({ calls: 101 })], [run()]);
    expect(result?.outcome).toBe('passed');
  });
});

describe('an increase of a timed figure', () => {
  const around = (ms: number): Session[] =>
    [0, 1, 2, 3, 4, 5].map((step) => run({ parse: ms + step / 10 }));
  const budget = { 'measure parse': { increase: '10 %' } };

  it('passes where nothing changed', () => {
    expect(judged(budget, around(20), around(20))?.outcome).toBe('passed');
  });

  it('fails where the whole interval is beyond what is allowed', () => {
    expect(judged(budget, around(26), around(20))?.outcome).toBe('failed');
  });

  it('is undecided where the interval holds what is allowed', () => {
    const candidate = [...around(20), run({ parse: 80 }), ...around(24)];
    const baseline = [...around(14), ...around(26)];
    expect(judged(budget, candidate, baseline)).toMatchObject({
      outcome: 'undecided',
      reason: { code: 'compared' },
    });
  });

  it('is undecided with fewer than five runs on a side', () => {
    expect(judged(budget, [run({ parse: 26 })], [run()])).toMatchObject({
      outcome: 'undecided',
      reason: { code: 'too few runs', needed: 5, runs: { baseline: 1, candidate: 1 } },
    });
  });

  it('passes with a remark where the interval reaches beyond what is allowed', () => {
    const candidate = [7.9, 7.6, 9.1, 6.6, 8.4].map((parse) => run({ parse }));
    const baseline = [12.4, 11.6, 4.7, 7, 7.9].map((parse) => run({ parse }));
    expect(judged(budget, candidate, baseline)).toMatchObject({
      outcome: 'passed',
      reason: { code: 'not ruled out' },
    });
  });

  it('is judged by a wider interval where the file has more such budgets', () => {
    const confidence = (budgets: object): number | undefined =>
      judged(budgets, around(20), around(20))?.increase?.interval?.confidence;
    expect(confidence(budget)).toBeCloseTo(0.9998, 9);
    expect(confidence({ ...budget, 'load time': { increase: 0 } })).toBeCloseTo(0.9999, 9);
  });

  it('fails where it rises from nothing', () => {
    const idle = around(0).map(() => run({ parse: 0 }));
    const result = judged({ 'measure parse': { increase: '1 ms' } }, around(20), idle);
    expect(result).toMatchObject({ outcome: 'failed', increase: { baseline: 0, ratio: null } });
  });

  it('passes where there is nothing on both sides', () => {
    const idle = around(0).map(() => run({ parse: 0 }));
    const result = judged({ 'measure parse': { increase: 0 } }, idle, idle);
    expect(result?.outcome).toBe('passed');
  });

  it('of a speed-up is judged as a decrease', () => {
    const better = { 'speed-up of parse over parse-js': { increase: '10 %' } };
    expect(judged(better, around(26), around(20))?.outcome).toBe('failed');
    expect(judged(better, around(20), around(26))?.outcome).toBe('passed');
  });
});

describe('a baseline that was recorded under other conditions', () => {
  const throttled = Array.from({ length: 5 }, () => {
    const session = run();
    const conditions = { ...session.info.conditions, setup: 'CPU 4× slower' };
    return { ...session, info: { ...session.info, conditions } };
  });
  const runs = Array.from({ length: 5 }, () => run());

  it('is not compared in times', () => {
    expect(judged({ 'time in wasm': { increase: 0 } }, runs, throttled)).toMatchObject({
      outcome: 'missing',
      reason: {
        code: 'not comparable',
        refusal: { condition: 'setup', baseline: ['CPU 4× slower'] },
      },
    });
  });

  it('is compared in counts', () => {
    expect(judged({ crossings: { increase: 0 } }, runs, throttled)?.outcome).toBe('passed');
  });
});

test('the score is the share of decided budgets that a session passes', () => {
  const { budgets } = readConfig({
    budgets: { 'measure parse': '16 ms', crossings: 1000, requests: 3, 'vital INP': '200 ms' },
  });
  expect(judge([run(), run({ parse: 10 })], budgets)[0]?.scores.map(({ score }) => score)).toEqual([
    75, 100,
  ]);
});
