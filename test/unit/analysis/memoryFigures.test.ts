import { expect, test } from 'vitest';
import { memoryFigures } from '../../../src/analysis/memoryFigures.ts';
import { session } from './growingMemory.ts';

test('a memory has the most pages it grew to, in whatever order its grow calls were seen', () => {
  expect(memoryFigures(session)).toMatchObject([
    { memory: { name: 'memory' }, pages: 9, bytes: 9 * 65536, growths: 3 },
    { memory: { name: 'scratch' }, pages: 1, bytes: 65536, growths: 0 },
  ]);
});

test('growth is what was added to the initial size', () => {
  expect(memoryFigures(session).map(({ grownBytes }) => grownBytes)).toEqual([7 * 65536, 0]);
});
