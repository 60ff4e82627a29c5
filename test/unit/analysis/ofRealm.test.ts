import { expect, test } from 'vitest';
import { crossingTable } from '../../../src/analysis/crossingTable.ts';
import { ofRealm } from '../../../src/analysis/ofRealm.ts';
import { session } from './threeRealms.ts';

test.each([
  [0, 3, 6, 9],
  [1, 40, 8, 0],
  [2, 500, 10, 0],
])('realm %i alone has its own calls and times', (realm, calls, time, importCalls) => {
  const rows = crossingTable(ofRealm(session, realm));
  expect(rows).toMatchObject([{ calls, total: { value: time } }, { calls: importCalls }]);
});

test.each([0, 1, 2])('realm %i alone has its own functions and modules', (realm) => {
  const { functions, modules } = ofRealm(session, realm);
  expect(functions.map(({ name, module }) => [name, modules[module]?.name])).toEqual([
    ['run', 'a.wasm'],
    ['env.log', 'a.wasm'],
  ]);
});

test.each([
  [0, 1],
  [1, 0],
  [2, 0],
])('realm %i alone has only itself and its %i requests', (realm, requests) => {
  const alone = ofRealm(session, realm);
  expect(alone.realms).toEqual([session.realms[realm]]);
  expect(alone.requests).toHaveLength(requests);
});

test('a realm alone has its memories and their grow calls', () => {
  const { memories, growths } = ofRealm(session, 1);
  expect(memories).toMatchObject([{ name: 'memory', module: 0 }]);
  expect(growths).toMatchObject([{ memory: 0, toPages: 5, node: 2 }]);
});

test('a grow call keeps the crossing in which it happened', () => {
  const { functions, nodes } = ofRealm(session, 1);
  expect(nodes.parent[2]).toBe(1);
  expect(functions[nodes.function[2] ?? -1]?.name).toBe('env.log');
});

test('a realm alone has no grow calls of other realms', () => {
  expect(ofRealm(session, 0).growths).toEqual([]);
});

test('one realm is always the same object, so that its figures are computed once', () => {
  expect(ofRealm(session, 1)).toBe(ofRealm(session, 1));
});
