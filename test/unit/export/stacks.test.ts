import fc from 'fast-check';
import { expect, test } from 'vitest';
import { treeFigures } from '../../../src/analysis/treeFigures.ts';
import { foldedFrame } from '../../../src/export/folded.ts';
import { SMALL, syntheticSegments } from '../../fixtures/synthetic.ts';
import type { Recording } from '../sessionBuilder.ts';
import { recordingOf, sessionFrom } from '../sessionBuilder.ts';
import { sourceOf, textOf } from './readExport.ts';

const PLAIN: Recording = {
  functions: [
    'f',
    { name: 'env.log', kind: 'import' },
    { name: 'table function 3', kind: 'table' },
  ],
  nodes: [
    { parent: 0, function: 0 },
    { parent: 0, function: 2 },
    { parent: 1, function: 1 },
  ],
  seconds: [
    [
      [1, 10, 5],
      [3, 30, 2],
    ],
    [
      [1, 10, 5],
      [2, 1, 4],
    ],
  ],
};

/** As flamegraph.pl reads a line: the last word is the weight, semicolons part the frames. */
const read = (text: string): { stack: string[]; weight: number }[] =>
  text
    .split('\n')
    .slice(0, -1)
    .map((line) => {
      const [, frames, weight] = /^(.*) (\d+)$/.exec(line) as unknown as [string, string, string];
      return { stack: frames.split(';'), weight: Number(weight) };
    });
const sum = (lines: { weight: number }[]): number =>
  lines.reduce((all, { weight }) => all + weight, 0);

test('stacks are folded with their self time in µs, outermost frame first', async () => {
  expect(await textOf('folded-us', sourceOf(recordingOf(PLAIN)))).toBe(
    [
      'export:f (a.wasm) 8000',
      'export:f (a.wasm);import:env.log (a.wasm) 2000',
      'table:table function 3 (a.wasm) 4000',
      '',
    ].join('\n'),
  );
});

test('stacks are folded with their calls', async () => {
  expect(read(await textOf('folded-calls', sourceOf(recordingOf(PLAIN))))).toEqual([
    { stack: ['export:f (a.wasm)'], weight: 20 },
    { stack: ['export:f (a.wasm)', 'import:env.log (a.wasm)'], weight: 30 },
    { stack: ['table:table function 3 (a.wasm)'], weight: 1 },
  ]);
});

test('weights add up to the session’s', async () => {
  const segments = [...syntheticSegments(SMALL)];
  const { calls, self } = treeFigures(sessionFrom(segments));
  const all = (column: Float64Array): number => column.reduce((whole, value) => whole + value, 0);
  expect(sum(read(await textOf('folded-calls', sourceOf(segments))))).toBe(all(calls));
  expect(
    Math.abs(sum(read(await textOf('folded-us', sourceOf(segments)))) - all(self) * 1000),
  ).toBeLessThanOrEqual(0.5);
});

test('many stacks of less than half a µs add up to what they are together', async () => {
  const nodes = Array.from({ length: 100 }, (_, at) => ({ parent: 0, function: at }));
  const segments = recordingOf({
    functions: nodes.map((_, at) => `f${at}`),
    nodes,
    seconds: [nodes.map((_, at) => [at + 1, 1, 0.0004])],
  });
  expect(sum(read(await textOf('folded-us', sourceOf(segments))))).toBe(40);
});

test('frames of any name stay one frame on one line', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.string({ unit: 'binary' }),
      fc.string({ unit: 'binary' }),
      async (outer, inner) => {
        const segments = recordingOf({
          functions: [outer, inner],
          nodes: [
            { parent: 0, function: 0 },
            { parent: 1, function: 1 },
          ],
          seconds: [
            [
              [1, 2, 2],
              [2, 3, 1],
            ],
          ],
        });
        const lines = read(await textOf('folded-calls', sourceOf(segments)));
        expect(lines.map(({ stack, weight }) => [stack.length, weight])).toEqual([
          [1, 2],
          [2, 3],
        ]);
      },
    ),
  );
});

test.each([
  ['a;b', 'a:b'],
  ['a\r\nb', 'a  b'],
  ['a\u2028b', 'a b'],
  ['std::vec<a, b> 12', 'std::vec<a, b> 12'],
])('%j is written as %j', (name, written) => {
  expect(foldedFrame(name)).toBe(written);
});

test('a session without crossings folds to nothing', async () => {
  expect(await textOf('folded-us', sourceOf([]))).toBe('');
});
