import { expect, test } from 'vitest';
import type { Refusal, Refusals } from '../../../src/compare/refusal.ts';
import { refusalLines } from '../../../src/text/refusalLines.ts';

const CUT: Refusal = { code: 'cut short', session: 'first', reason: 'The disk is full.' };
const CUT_TEXT = 'first was cut short. The disk is full.';

const linesOf = (refused: Partial<Refusals>): string[] =>
  refusalLines({ refused: { times: [], memory: [], counts: [], transfer: [], ...refused } });

test('a reason names the part that it concerns', () => {
  expect(linesOf({ transfer: [CUT] })).toEqual([
    `bytes over the network cannot be compared: ${CUT_TEXT}`,
  ]);
});

test('a reason that concerns several parts is one line', () => {
  expect(linesOf({ times: [CUT], memory: [CUT], counts: [CUT] })).toEqual([
    `times, memory and counts cannot be compared: ${CUT_TEXT}`,
  ]);
});

test('a reason that concerns all parts says that nothing can be compared', () => {
  expect(linesOf({ times: [CUT], memory: [CUT], counts: [CUT], transfer: [CUT] })).toEqual([
    `nothing can be compared: ${CUT_TEXT}`,
  ]);
});
