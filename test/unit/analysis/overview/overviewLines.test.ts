import { expect, test } from 'vitest';
import type { Line } from '../../../../src/analysis/overview/line.ts';
import { overviewLines } from '../../../../src/analysis/overview/overviewLines.ts';
import { callSums } from '../../../../src/session/model.ts';
import {
  exactly,
  functionRow,
  moduleRow,
  nodeColumns,
  realmInfo,
  recordingOf,
  requestRow,
  segmentsOf,
  sessionFrom,
} from '../../sessionBuilder.ts';

const points = ({ time, value }: Line): [number, number | null][] =>
  time.map((at, index) => [at, value[index] ?? null]);

const CALLS = recordingOf({
  functions: ['f', { name: 'env.log', kind: 'import' }],
  nodes: [
    { parent: 0, function: 0 },
    { parent: 1, function: 1 },
  ],
  seconds: [
    [
      [1, 10, 250],
      [2, 30, 100],
    ],
    [[1, 5, 500]],
  ],
});

test('crossings per second are one level for each interval, without a fall to 0 in between', () => {
  const { crossings } = overviewLines(sessionFrom(CALLS));
  expect(points(crossings)).toEqual([
    [0, 0],
    [0, 40],
    [1000, 40],
    [1000, 5],
    [2000, 5],
  ]);
});

test('the share of time in wasm has the calls into wasm, which include those out of it', () => {
  const { wasmShare } = overviewLines(sessionFrom(CALLS));
  expect(wasmShare.value[1]).toBeCloseTo(0.25);
  expect(wasmShare.value.at(-1)).toBeCloseTo(0.5);
});

test('in an interval without timed calls the session’s samples give the share of time in wasm', () => {
  const sampled = {
    node: [1],
    calls: [1000],
    certainCalls: [0],
    certainTime: [0],
    sampledCalls: [10],
    weight: [1000],
    weightSquared: [100_000],
    weightedTime: [100],
    weightSquaredTime: [10_000],
    weightedTimeSquared: [1000],
  };
  const untimed = { ...callSums(() => [0]), node: [1], calls: [2000] };
  const session = sessionFrom(
    segmentsOf([
      {
        modules: [moduleRow()],
        functions: [functionRow(0, 'f')],
        nodes: nodeColumns([{ parent: 0, function: 0 }]),
        crossings: sampled,
      },
      { crossings: untimed },
    ]),
  );
  const { wasmShare } = overviewLines(session);
  expect(wasmShare.value[1]).toBeCloseTo(0.1);
  expect(wasmShare.value.at(-1)).toBeCloseTo(0.2);
});

test('crossings of several realms add up', () => {
  const other = segmentsOf(
    [
      {
        modules: [moduleRow()],
        functions: [functionRow(0, 'f')],
        nodes: nodeColumns([{ parent: 0, function: 0 }]),
        crossings: exactly([[1, 7, 1]]),
        from: 500,
        to: 1500,
      },
    ],
    'r1',
  );
  const { crossings } = overviewLines(sessionFrom([...CALLS, ...other]));
  expect(Math.max(...crossings.value.map(Number))).toBe(47);
});

test('linear memory rises in a step at each grow call, over all memories', () => {
  const memory = {
    module: null,
    name: 'memory',
    kind: 'defined' as const,
    shared: false,
    address: 'i32' as const,
    maximumPages: null,
  };
  const session = sessionFrom(
    segmentsOf([
      {
        memories: [
          { ...memory, id: 0, initialPages: 2, firstSeen: 100 },
          { ...memory, id: 1, initialPages: 1, firstSeen: 200 },
        ],
        growths: [
          { memory: 0, time: 600, fromPages: 2, toPages: 5, node: null, observedLate: false },
        ],
      },
    ]),
  );
  expect(
    points(overviewLines(session).linearMemory).map(([at, bytes]) => [at, (bytes ?? 0) / 65536]),
  ).toEqual([
    [100, 0],
    [100, 2],
    [200, 2],
    [200, 3],
    [600, 3],
    [600, 6],
    [1000, 6],
  ]);
});

test('a request is in flight until it ends, fails, or the session ends', () => {
  const stream = { firstChunk: 300, chunks: 2, bytes: 9, largestGap: 1, medianGap: 1 };
  const session = sessionFrom(
    segmentsOf([
      {
        requests: [
          requestRow({ id: 0, startTime: 100, responseEnd: 500 }),
          requestRow({
            id: 1,
            startTime: 200,
            stream: { ...stream, lastChunk: 400, end: 'cancelled' },
          }),
          requestRow({ id: 2, startTime: 600, error: 'failed' }),
          requestRow({ id: 3, startTime: 650, responseEnd: 650 }),
          requestRow({ id: 4, startTime: 700, stream: { ...stream, lastChunk: 800, end: 'open' } }),
        ],
      },
    ]),
  );
  expect(points(overviewLines(session).requestsInFlight)).toEqual([
    [100, 0],
    [100, 1],
    [200, 1],
    [200, 2],
    [400, 2],
    [400, 1],
    [500, 1],
    [500, 0],
    [700, 0],
    [700, 1],
    [1000, 1],
    [1000, 0],
    [1000, 0],
  ]);
});

test('a series of several realms has the largest of their values, until the last one ends', () => {
  const heap = (time: number[], value: number[]) => [{ name: 'jsHeap' as const, time, value }];
  const session = sessionFrom([
    ...segmentsOf([{ series: heap([100, 300, 500], [10, 30, 20]) }]),
    ...segmentsOf(
      [{ info: realmInfo({ kind: 'frame' }), series: heap([200, 300, 700], [15, 5, 40]) }],
      'r1',
    ),
  ]);
  expect(points(overviewLines(session).jsHeap)).toEqual([
    [100, 10],
    [200, 15],
    [300, 30],
    [500, 20],
    [700, 40],
  ]);
});

test('all lines of an empty session are empty', () => {
  for (const line of Object.values(overviewLines(sessionFrom([])))) expect(line.time).toEqual([]);
});
