import { expect, test } from 'vitest';
import { shownCrossings } from '../../../panel/views/crossings/shownCrossings.ts';
import { crossingTable } from '../../../src/analysis/crossingTable.ts';
import { recordingOf, sessionFrom } from '../sessionBuilder.ts';

const session = sessionFrom(
  recordingOf({
    functions: [
      'run',
      { name: 'env.log', kind: 'import' },
      'unused',
      { name: 'odd', notMeasured: 'its signature is not known' },
    ],
    nodes: [
      { parent: 0, function: 0 },
      { parent: 1, function: 1 },
    ],
    seconds: [
      [
        [1, 10, 250],
        [2, 30, 100],
      ],
    ],
  }),
);
const shown = (filter = {}) => {
  const { rows, hidden } = shownCrossings(session, crossingTable(session), {
    text: '',
    way: 'both',
    called: true,
    ...filter,
  });
  return { names: rows.map((row) => session.functions[row.function]?.name).sort(), hidden };
};

test('functions that were not called are left out and counted, those not measured stay', () => {
  expect(shown()).toEqual({ names: ['env.log', 'odd', 'run'], hidden: 1 });
});

test('all functions show on request', () => {
  expect(shown({ called: false })).toEqual({
    names: ['env.log', 'odd', 'run', 'unused'],
    hidden: 0,
  });
});

test('what another filter leaves out is not counted as hidden', () => {
  expect(shown({ way: 'out' })).toEqual({ names: ['env.log'], hidden: 0 });
  expect(shown({ text: 'RUN' })).toEqual({ names: ['run'], hidden: 0 });
});
