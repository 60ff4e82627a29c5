import { expect, test } from 'vitest';
import { readConfig } from '../../../src/budgets/config.ts';
import { judge } from '../../../src/budgets/judge.ts';
import type { Session } from '../../../src/session/model.ts';
import {
  exactly,
  functionRow,
  moduleRow,
  nodeColumns,
  requestRow,
  segmentsOf,
  sessionFrom,
} from '../sessionBuilder.ts';

/** A page with a measure, a module, calls and requests. */
const run = (
  change: { parse?: number; js?: number; calls?: number; bytes?: number } = {},
): Session =>
  sessionFrom(
    segmentsOf([
      {
        modules: [
          moduleRow({
            name: 'parser.wasm',
            bytes: change.bytes ?? 1000,
            requestStart: 0,
            responseStart: 10,
            responseEnd: 50,
            compileStart: 10,
            compileEnd: 60,
            instantiateStart: 60,
            instantiateEnd: 80,
          }),
        ],
        functions: [functionRow(0, 'parse'), functionRow(1, 'env.read', { kind: 'import' })],
        nodes: nodeColumns([
          { parent: 0, function: 0 },
          { parent: 1, function: 1 },
        ]),
        crossings: exactly([
          [1, 1, 30],
          [2, change.calls ?? 100, 12],
        ]),
        memories: [
          {
            id: 0,
            module: 0,
            name: 'memory',
            kind: 'own',
            shared: false,
            address: 'i32',
            initialPages: 16,
            maximumPages: null,
            at: 80,
          },
        ],
        growths: [{ memory: 0, at: 200, fromPages: 16, toPages: 32, node: 1, late: false }],
        requests: [10, 20, 300].map((end, id) =>
          requestRow({ id, url: `https://example.org/${id}`, responseEnd: end, transferSize: 100 }),
        ),
        spans: [
          {
            kind: 'measure',
            name: 'parse',
            start: 100,
            duration: change.parse ?? 20,
            value: null,
            detail: '',
          },
          {
            kind: 'measure',
            name: 'parse-js',
            start: 300,
            duration: change.js ?? 60,
            value: null,
            detail: '',
          },
          { kind: 'vital', name: 'LCP', start: 100, duration: 0, value: 900, detail: 'good' },
        ],
      },
    ]),
  );

const judged = (budgets: object, runs: Session[], baseline: Session[] = []) => {
  const { budgets: read } = readConfig({ budgets: { 'module size': null, ...budgets } });
  return judge(runs, read, baseline)[0]?.results[0];
};

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
])('%s is read off the session', (key, value) => {
  expect(judged({ [key]: { max: 1 } }, [run()])?.value).toBeCloseTo(value, 6);
});

test('memory within two measures can be set against each other', () => {
  expect(judged({ 'memory of parse-js over parse': { max: 3 } }, [run()])).toMatchObject({
    outcome: 'met',
    value: 2,
  });
});

test('a broken budget says by how much', () => {
  expect(judged({ 'measure parse': '16 ms' }, [run()])).toMatchObject({
    outcome: 'broken',
    shown: '20.0 ms',
    limit: 'at most 16.0 ms',
    why: '+25 % over the limit',
  });
  expect(judged({ 'speed-up of parse over parse-js': 4 }, [run()])).toMatchObject({
    outcome: 'broken',
    limit: 'at least 4.00×',
  });
});

test('a name that is not in the recording is not taken for a budget met', () => {
  expect(judged({ 'measure pares': '16 ms' }, [run()])).toMatchObject({
    outcome: 'missing',
    value: null,
  });
});

test.each([
  'module size',
  'total module size',
  'module size of parser.wasm',
  'crossings',
  'time in wasm',
  'load time',
  'memory peak',
])('a page without a module has no %s that could be met', (key) => {
  expect(
    judged({ [key]: key.includes('time') ? '5 ms' : key === 'crossings' ? 5 : '5 MB' }, [
      sessionFrom(segmentsOf([{}])),
    ]),
  ).toMatchObject({
    outcome: 'missing',
    why: expect.stringContaining('No WebAssembly was loaded'),
  });
});

test('a limit of nothing is exceeded by what there is, not by a share', () => {
  expect(judged({ 'calls of env.read': 0 }, [run()])?.why).toBe('100 over the limit');
});

test('one slow run of five does not break a timed budget, one extra call breaks an exact one', () => {
  const runs = [run(), run(), run(), run(), run({ parse: 500, calls: 101 })];
  expect(judged({ 'measure parse': '25 ms' }, runs)?.outcome).toBe('met');
  expect(judged({ 'calls of env.read': 100 }, runs)?.outcome).toBe('broken');
});

test('an exact figure may not rise above the baseline by more than is allowed', () => {
  expect(judged({ crossings: { increase: 0 } }, [run({ calls: 101 })], [run()])).toMatchObject({
    outcome: 'broken',
  });
  expect(judged({ crossings: { increase: '1 %' } }, [run({ calls: 101 })], [run()])).toMatchObject({
    outcome: 'met',
  });
});

test('a timed figure against a baseline is decided by its interval', () => {
  const around = (ms: number): Session[] =>
    [0, 1, 2, 3, 4, 5].map((step) => run({ parse: ms + step / 10 }));
  const budget = { 'measure parse': { increase: '10 %' } };
  expect(judged(budget, around(20), around(20))?.outcome).toBe('met');
  expect(judged(budget, around(26), around(20))?.outcome).toBe('broken');
  expect(
    judged(
      budget,
      [...around(20), run({ parse: 80 }), ...around(24)],
      [...around(14), ...around(26)],
    )?.outcome,
  ).toBe('undecided');
  expect(judged(budget, [run({ parse: 26 })], [run()])).toMatchObject({
    outcome: 'undecided',
    why: expect.stringContaining('5 a side are needed'),
  });
});

test('the score is the share of decided budgets that a session meets', () => {
  const { budgets } = readConfig({
    budgets: { 'measure parse': '16 ms', crossings: 1000, requests: 3, 'vital INP': '200 ms' },
  });
  expect(judge([run(), run({ parse: 10 })], budgets)[0]?.scores.map(({ score }) => score)).toEqual([
    75, 100,
  ]);
});

test('a baseline of other conditions is not held against', () => {
  const throttled = Array.from({ length: 5 }, () => {
    const session = run();
    return {
      ...session,
      info: { ...session.info, conditions: { ...session.info.conditions, setup: 'CPU 4× slower' } },
    };
  });
  const runs = Array.from({ length: 5 }, () => run());
  expect(judged({ 'time in wasm': { increase: 0 } }, runs, throttled)).toMatchObject({
    outcome: 'missing',
    why: expect.stringContaining('CPU 4× slower'),
  });
  expect(judged({ crossings: { increase: 0 } }, runs, throttled)).toMatchObject({ outcome: 'met' });
});

test('a session that was cut short meets no budget', () => {
  const session = run();
  const cut = {
    ...session,
    info: { ...session.info, state: 'cut' as const, reason: 'The browser was closed.' },
  };
  expect(judged({ crossings: { max: 1000 } }, [cut])).toMatchObject({
    outcome: 'missing',
    why: expect.stringContaining('was cut short. The browser was closed.'),
  });
});

test('wasm that could not be loaded meets no budget of its calls', () => {
  const failed = sessionFrom(
    segmentsOf([
      {
        modules: [
          moduleRow({ notStreamed: 'failed', compileEnd: null, instances: 0, bytes: null }),
        ],
      },
    ]),
  );
  for (const key of ['crossings', 'time in wasm']) {
    expect(judged({ [key]: { max: 1000 } }, [failed])).toMatchObject({
      outcome: 'missing',
      why: expect.stringContaining('No WebAssembly was loaded'),
    });
  }
});

test('a budget that is met by the median says what its interval does not rule out', () => {
  const noisy = [7.9, 7.6, 9.1, 6.6, 8.4].map((parse) => run({ parse }));
  const base = [12.4, 11.6, 4.7, 7, 7.9].map((parse) => run({ parse }));
  expect(judged({ 'measure parse': { increase: '10 %' } }, noisy, base)).toMatchObject({
    outcome: 'met',
    why: expect.stringMatching(/95 % interval .*: more than is allowed is not ruled out$/),
  });
});

test('a missed speed-up says by which factor', () => {
  expect(judged({ 'speed-up of parse over parse-js': 30 }, [run()])).toMatchObject({
    outcome: 'broken',
    why: expect.stringContaining('short of the limit by a factor of 10'),
  });
});
