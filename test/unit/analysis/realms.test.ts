import { expect, test } from 'vitest';
import { crossingTable } from '../../../src/analysis/crossings.ts';
import { memoryByRealm } from '../../../src/analysis/memory.ts';
import { ofRealm, realmLanes, realmNames } from '../../../src/analysis/realms.ts';
import type { Segment } from '../../../src/session/segment.ts';
import {
  exactly,
  functionRow,
  moduleRow,
  nodeColumns,
  realmInfo,
  requestRow,
  segmentsOf,
  sessionFrom,
} from '../sessionBuilder.ts';

const PARTS: Partial<Segment> = {
  modules: [moduleRow()],
  functions: [functionRow(0, 'run'), functionRow(1, 'env.log', { kind: 'import' })],
  nodes: nodeColumns([
    { parent: 0, function: 0 },
    { parent: 1, function: 1 },
  ]),
  memories: [
    {
      id: 0,
      module: 0,
      name: 'memory',
      kind: 'own',
      shared: false,
      address: 'i32',
      initialPages: 2,
      maximumPages: null,
      at: 5,
    },
  ],
};
const worker = (name: string) =>
  realmInfo({ kind: 'worker', url: 'https://example.org/js/pool.js', name, timeOrigin: 1500 });

/** A page and two workers with the same module: 3, 40 and 500 calls of `run`. */
const session = sessionFrom([
  ...segmentsOf(
    [
      {
        ...PARTS,
        info: realmInfo(),
        crossings: exactly([
          [1, 3, 6],
          [2, 9, 1],
        ]),
        requests: [requestRow()],
      },
    ],
    'page',
  ),
  ...segmentsOf(
    [
      {
        ...PARTS,
        info: worker(''),
        crossings: exactly([[1, 40, 8]]),
        series: [{ name: 'jsHeap', at: [10, 20], value: [5e6, 4e6] }],
        growths: [{ memory: 0, at: 30, fromPages: 2, toPages: 5, node: 2, late: false }],
      },
    ],
    'one',
  ),
  ...segmentsOf([{ ...PARTS, info: worker('decoder'), crossings: exactly([[1, 500, 10]]) }], 'two'),
]);

test('realms are called by their names, or else by where their script is from', () => {
  expect(realmNames(session)).toEqual(['Page example.org', 'Worker pool.js', 'Worker decoder']);
});

test('realms with the same name are told apart by a number', () => {
  const same = sessionFrom(['a', 'b'].flatMap((id) => segmentsOf([{ info: worker('') }], id)));
  expect(realmNames(same)).toEqual(['Worker pool.js 1', 'Worker pool.js 2']);
});

test.each([
  [0, 3, 6, 9],
  [1, 40, 8, 0],
  [2, 500, 10, 0],
])('realm %i by itself has its own calls and times', (realm, calls, time, out) => {
  const own = ofRealm(session, realm);
  const rows = crossingTable(own);
  expect(rows).toMatchObject([{ calls, total: { value: time } }, { calls: out }]);
  expect(own.functions.map(({ name, module }) => [name, own.modules[module]?.name])).toEqual([
    ['run', 'a.wasm'],
    ['env.log', 'a.wasm'],
  ]);
  expect(own.realms).toEqual([session.realms[realm]]);
  expect(own.requests).toHaveLength(realm === 0 ? 1 : 0);
});

test('a realm by itself has its memories and what grew them', () => {
  const own = ofRealm(session, 1);
  expect(own.memories).toMatchObject([{ name: 'memory', module: 0 }]);
  expect(own.growths).toMatchObject([{ memory: 0, toPages: 5, node: 2 }]);
  expect(own.functions[own.nodes.function[2] as number]?.name).toBe('env.log');
  expect(own.nodes.parent[2]).toBe(1);
  expect(ofRealm(session, 0).growths).toEqual([]);
});

test('a realm by itself is one object, so that what is computed of it is computed once', () => {
  expect(ofRealm(session, 1)).toBe(ofRealm(session, 1));
});

test('lanes tell when each realm ran and how many crossings a second it made', () => {
  expect(realmLanes(session)).toMatchObject([
    {
      name: 'Page example.org',
      from: 0,
      to: 1000,
      calls: 12,
      stretches: [{ from: 0, to: 1000, rate: 12 }],
    },
    {
      name: 'Worker pool.js',
      from: 500,
      to: 1500,
      calls: 40,
      stretches: [{ from: 500, to: 1500, rate: 40 }],
    },
    { name: 'Worker decoder', calls: 500 },
  ]);
});

test('heap and linear memory are told realm by realm', () => {
  expect(memoryByRealm(session)).toEqual([
    { realm: 0, jsHeap: null, linear: 131072, memories: 1, growths: 0, shared: 0 },
    { realm: 1, jsHeap: 5e6, linear: 327680, memories: 1, growths: 1, shared: 0 },
    { realm: 2, jsHeap: null, linear: 131072, memories: 1, growths: 0, shared: 0 },
  ]);
});
