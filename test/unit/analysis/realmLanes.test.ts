import { expect, test } from 'vitest';
import { realmLanes } from '../../../src/analysis/realmLanes.ts';
import { session } from './threeRealms.ts';

test('a lane covers the time from a realm’s start until it was last seen', () => {
  expect(realmLanes(session)).toMatchObject([
    { realm: 0, from: 0, to: 1000 },
    { realm: 1, from: 500, to: 1500 },
    { realm: 2 },
  ]);
});

test('a lane counts the crossings of its realm', () => {
  expect(realmLanes(session).map(({ calls }) => calls)).toEqual([12, 40, 500]);
});

test('a lane has the crossings per second of each interval', () => {
  const [page, pool] = realmLanes(session);
  expect(page?.stretches).toEqual([{ from: 0, to: 1000, rate: 12 }]);
  expect(pool?.stretches).toEqual([{ from: 500, to: 1500, rate: 40 }]);
});
