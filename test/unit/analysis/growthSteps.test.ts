import { expect, test } from 'vitest';
import { growthSteps } from '../../../src/analysis/growthSteps.ts';
import { session } from './growingMemory.ts';

test('growth steps are in order of time', () => {
  expect(growthSteps(session).map(({ growth }) => growth.time)).toEqual([300, 700, 900]);
});

test('a growth step has the crossings in which it happened, outermost first', () => {
  expect(growthSteps(session).map(({ path }) => path)).toEqual([['run', 'env.grow'], ['run'], []]);
});

test('a growth step has its memory and by how many bytes it grew', () => {
  expect(growthSteps(session).map(({ memory, bytes }) => [memory.name, bytes])).toEqual([
    ['memory', 2 * 65536],
    ['memory', 4 * 65536],
    ['memory', 65536],
  ]);
});

test('a range has only the growth steps within it', () => {
  const steps = growthSteps(session, { from: 300, to: 800 });
  expect(steps.map(({ growth }) => growth.time)).toEqual([300, 700]);
});
