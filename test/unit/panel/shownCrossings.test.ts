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
      { name: 'odd', notMeasuredReason: 'its signature is not known' },
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
    direction: 'both',
    onlyCalled: true,
    ...filter,
  });
  return { names: rows.map((row) => session.functions[row.function]?.name).sort(), hidden };
};

test('functions that were not called are hidden and counted, but not those that were not measured', () => {
  expect(shown()).toEqual({ names: ['env.log', 'odd', 'run'], hidden: 1 });
});

test('clearing “Only called” shows all functions', () => {
  expect(shown({ onlyCalled: false })).toEqual({
    names: ['env.log', 'odd', 'run', 'unused'],
    hidden: 0,
  });
});

test('functions of the other direction are not counted as hidden', () => {
  expect(shown({ direction: 'out' })).toEqual({ names: ['env.log'], hidden: 0 });
});

test('functions with another name are not counted as hidden', () => {
  expect(shown({ text: 'RUN' })).toEqual({ names: ['run'], hidden: 0 });
});
