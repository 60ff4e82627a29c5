import { expect, test } from 'vitest';
import { crossingPath } from '../../../src/analysis/crossingPath.ts';
import { growthSteps } from '../../../src/analysis/growthSteps.ts';
import { memoryFigures } from '../../../src/analysis/memoryFigures.ts';
import type { GrowthRow } from '../../../src/protocol/rows.ts';
import { summary } from '../../../src/text/summary.ts';
import { recordingOf, requestRow, sessionFrom } from '../sessionBuilder.ts';

const growth = (
  at: number,
  fromPages: number,
  toPages: number,
  change: Partial<GrowthRow> = {},
): GrowthRow => ({ memory: 0, at, fromPages, toPages, node: null, late: false, ...change });

const memory = {
  module: 0,
  kind: 'own' as const,
  shared: false,
  address: 'i32' as const,
  maximumPages: null,
  at: 50,
};
const [first, ...others] = recordingOf({
  functions: ['run', { name: 'env.grow', kind: 'import' }],
  nodes: [
    { parent: 0, function: 0 },
    { parent: 1, function: 1 },
  ],
  seconds: [
    [
      [1, 12, 6],
      [2, 1, 1],
    ],
  ],
});
const session = sessionFrom([
  {
    ...(first as NonNullable<typeof first>),
    memories: [
      { ...memory, id: 0, name: 'memory', initialPages: 2 },
      { ...memory, id: 1, name: 'scratch', initialPages: 1 },
    ],
    growths: [growth(700, 4, 8, { node: 1 }), growth(300, 2, 4, { node: 2 }), growth(900, 8, 9)],
  },
  ...others,
]);

test('each growth step tells the crossings under way, outermost first', () => {
  expect(
    growthSteps(session).map(({ growth: { at }, memory: { name }, path }) => [at, name, path]),
  ).toEqual([
    [300, 'memory', ['run', 'env.grow']],
    [700, 'memory', ['run']],
    [900, 'memory', []],
  ]);
  expect(crossingPath(session, 0)).toEqual([]);
});

test('growth steps are narrowed to a range', () => {
  expect(growthSteps(session, { from: 300, to: 800 }).map(({ growth: { at } }) => at)).toEqual([
    300, 700,
  ]);
});

test('a memory has the pages it grew to, in whatever order its growth was seen', () => {
  expect(
    memoryFigures(session).map(({ memory: { name }, pages, bytes, growths }) => ({
      name,
      pages,
      bytes,
      growths,
    })),
  ).toEqual([
    { name: 'memory', pages: 9, bytes: 9 * 65536, growths: 3 },
    { name: 'scratch', pages: 1, bytes: 65536, growths: 0 },
  ]);
});

test('the summary says what was found, busiest functions first', () => {
  expect(summary(session)).toEqual([
    'https://demo.example/physics/: 1.0 s in 1 realm',
    'module a.wasm: size unknown, instantiateStreaming, streamed',
    '13 crossings through 2 boundary functions',
    '  run: 12 calls, self 5.000 ± 0.002 ms',
    '  env.grow: 1 call, self 1.00 ms',
    'memory memory: 9 pages of 64 KiB, from 2 in 3 growths',
    'memory scratch: 1 page of 64 KiB',
    '0 requests, 0 connections opened and 0 times reused',
  ]);
});

test('the summary does not pass over what could not be measured', () => {
  const [first, ...rest] = session.functions;
  const blind = {
    ...session,
    functions: [...rest, { ...(first as NonNullable<typeof first>), notMeasured: 'no signature' }],
  };
  expect(summary(blind)[2]).toMatch(/; 1 more were not measured$/);
});

test('the summary warns where open DevTools made the times too long', () => {
  const { info } = session;
  const open = {
    ...session,
    info: { ...info, conditions: { ...info.conditions, devtools: 'open' as const } },
  };
  expect(summary(open).at(-1)).toMatch(/^DevTools was open.*times are too long/);
});

test('the summary of a recording without wasm says so, and which requests failed', () => {
  const failed = { ...requestRow({ url: 'https://demo.example/app.js', status: 404 }), realm: 0 };
  const empty = {
    ...session,
    modules: [],
    functions: [],
    memories: [],
    growths: [],
    requests: [failed, { ...failed, status: null, error: 'TypeError' }],
  };
  expect(summary(empty)).toEqual([
    'https://demo.example/physics/: 1.0 s in 1 realm',
    '2 requests, 0 connections opened and 0 times reused; 1 URL requested more than once',
    '2 requests failed:',
    '  https://demo.example/app.js: answered 404',
    '  https://demo.example/app.js: TypeError',
    expect.stringMatching(/^No WebAssembly was loaded/),
  ]);
});
