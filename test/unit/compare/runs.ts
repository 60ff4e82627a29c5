import type { Session } from '../../../src/session/model.ts';
import { moduleRow, recordingOf, sessionFrom } from '../sessionBuilder.ts';

/** What a made-up run shows: calls and self time of `step` and of `env.draw`, which it calls. */
export interface Run {
  step?: number;
  draw?: number;
  calls?: number;
  bytes?: number;
  started?: number;
}

/** Sessions of one page, a run each. */
export const sessionsOf = (runs: readonly Run[]): Session[] => runs.map(sessionOf);

function sessionOf({ step = 10, draw = 20, calls = 4, bytes = 1000, started = 0 }: Run): Session {
  const segments = recordingOf({
    functions: ['step', 'env.draw'],
    nodes: [
      { parent: 0, function: 0 },
      { parent: 1, function: 1 },
    ],
    seconds: [
      [
        [1, 2, step + draw],
        [2, calls, draw],
      ],
    ],
  });
  const [first] = segments;
  if (first) first.modules = [moduleRow({ bytes })];
  return sessionFrom(segments, { started });
}

/** So many values around one, a little scattered, always the same. */
export const around = (value: number, count: number): number[] =>
  Array.from({ length: count }, (_, at) => value * (1 + 0.01 * (((at * 7) % 5) - 2)));
