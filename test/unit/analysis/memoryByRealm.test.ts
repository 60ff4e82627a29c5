import { expect, test } from 'vitest';
import { memoryByRealm } from '../../../src/analysis/memoryByRealm.ts';
import { session } from './threeRealms.ts';

test('each realm has the peak of its JS heap and of its linear memories', () => {
  expect(memoryByRealm(session)).toEqual([
    { realm: 0, jsHeap: null, linear: 131072, memories: 1, growths: 0, shared: 0 },
    { realm: 1, jsHeap: 5e6, linear: 327680, memories: 1, growths: 1, shared: 0 },
    { realm: 2, jsHeap: null, linear: 131072, memories: 1, growths: 0, shared: 0 },
  ]);
});
