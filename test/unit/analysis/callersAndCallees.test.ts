import { expect, test } from 'vitest';
import { callersAndCallees } from '../../../src/analysis/callersAndCallees.ts';
import { PLAIN, RECURSIVE, sessionOf, timingError } from './smallTrees.ts';

test('callers of a function have the calls that they made and their time', () => {
  const { callers, callees } = callersAndCallees(sessionOf(PLAIN), 1);
  expect(callers).toEqual([
    { function: 0, calls: 30, total: { value: 2, error: timingError(30) } },
    { function: 2, calls: 6, total: { value: 1, error: timingError(6) } },
  ]);
  expect(callees).toEqual([]);
});

test('callees of a function have the calls that it made and their time', () => {
  expect(callersAndCallees(sessionOf(PLAIN), 0).callees).toEqual([
    { function: 1, calls: 30, total: { value: 2, error: timingError(30) } },
  ]);
});

test('script outside any crossing is the caller −1', () => {
  expect(callersAndCallees(sessionOf(PLAIN), 0).callers).toEqual([
    { function: -1, calls: 20, total: { value: 10, error: timingError(20) } },
  ]);
});

test('a range has only the calls within it', () => {
  const { callers } = callersAndCallees(sessionOf(PLAIN), 1, { from: 1000, to: 2000 });
  expect(callers).toEqual([{ function: 2, calls: 6, total: { value: 1, error: timingError(6) } }]);
});

test('no time counts twice between functions that call each other recursively', () => {
  const { callers, callees } = callersAndCallees(sessionOf(RECURSIVE), 1);
  expect(callers).toEqual([{ function: 0, calls: 2, total: { value: 8, error: timingError(1) } }]);
  expect(callees).toEqual([{ function: 0, calls: 1, total: { value: 4, error: timingError(1) } }]);
});
