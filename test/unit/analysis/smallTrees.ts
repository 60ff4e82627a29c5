import { expect } from 'vitest';
import type { Session } from '../../../src/session/model.ts';
import type { Recording } from '../sessionBuilder.ts';
import { recordingOf, sessionFrom } from '../sessionBuilder.ts';

export const sessionOf = (recording: Recording): Session => sessionFrom(recordingOf(recording));

/** f calls log, and g; g calls log. */
export const PLAIN: Recording = {
  functions: ['f', { name: 'env.log', kind: 'import' }, 'g'],
  nodes: [
    { parent: 0, function: 0 },
    { parent: 1, function: 1 },
    { parent: 0, function: 2 },
    { parent: 3, function: 1 },
  ],
  seconds: [
    [
      [1, 10, 5],
      [2, 30, 2],
    ],
    [
      [1, 10, 5],
      [3, 1, 4],
      [4, 6, 1],
    ],
  ],
};
/** f → g → f → g: 10 ms in all, of which the innermost have 1. */
export const RECURSIVE: Recording = {
  functions: ['f', 'g'],
  nodes: [
    { parent: 0, function: 0 },
    { parent: 1, function: 1 },
    { parent: 2, function: 0 },
    { parent: 3, function: 1 },
  ],
  seconds: [
    [
      [1, 1, 10],
      [2, 1, 8],
      [3, 1, 4],
      [4, 1, 1],
    ],
  ],
};

/** All calls were timed: the only error is what timing did to them, 0.1 µs per call. */
export const timingError = (calls: number): unknown => expect.closeTo(1e-4 * calls, 9);
