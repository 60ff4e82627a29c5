import { expect, test } from 'vitest';
import { crossingPath } from '../../../src/analysis/crossingPath.ts';
import { session } from './growingMemory.ts';

test('a path names the boundary functions, outermost first', () => {
  expect(crossingPath(session, 2)).toEqual(['run', 'env.grow']);
});

test('the path of a realm’s root is empty', () => {
  expect(crossingPath(session, 0)).toEqual([]);
});
