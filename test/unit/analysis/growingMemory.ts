import type { GrowthRow } from '../../../src/protocol/rows.ts';
import { recordingOf, sessionFrom } from '../sessionBuilder.ts';

const growth = (
  at: number,
  fromPages: number,
  toPages: number,
  change: Partial<GrowthRow> = {},
): GrowthRow => ({
  memory: 0,
  time: at,
  fromPages,
  toPages,
  node: null,
  observedLate: false,
  ...change,
});

const memory = {
  module: 0,
  kind: 'defined' as const,
  shared: false,
  address: 'i32' as const,
  maximumPages: null,
  firstSeen: 50,
};

const [first, ...others] = recordingOf({
  functions: ['run', { name: 'env.grow', kind: 'import' }],
  nodes: [
    { parent: 0, function: 0 },
    { parent: 1, function: 1 },
  ],
  seconds: [
    [
      [1, 12, 6],
      [2, 1, 1],
    ],
  ],
});
if (!first) throw new Error('The recording is empty.');

/** run calls env.grow; `memory` grows three times, seen out of order, `scratch` never. */
export const session = sessionFrom([
  {
    ...first,
    memories: [
      { ...memory, id: 0, name: 'memory', initialPages: 2 },
      { ...memory, id: 1, name: 'scratch', initialPages: 1 },
    ],
    growths: [growth(700, 4, 8, { node: 1 }), growth(300, 2, 4, { node: 2 }), growth(900, 8, 9)],
  },
  ...others,
]);
