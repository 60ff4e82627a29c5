import type { Segment } from '../../../src/session/segment.ts';
import {
  exactly,
  functionRow,
  moduleRow,
  nodeColumns,
  realmInfo,
  requestRow,
  segmentsOf,
  sessionFrom,
} from '../sessionBuilder.ts';

const PARTS: Partial<Segment> = {
  modules: [moduleRow()],
  functions: [functionRow(0, 'run'), functionRow(1, 'env.log', { kind: 'import' })],
  nodes: nodeColumns([
    { parent: 0, function: 0 },
    { parent: 1, function: 1 },
  ]),
  memories: [
    {
      id: 0,
      module: 0,
      name: 'memory',
      kind: 'defined',
      shared: false,
      address: 'i32',
      initialPages: 2,
      maximumPages: null,
      firstSeen: 5,
    },
  ],
};
export const worker = (name: string) =>
  realmInfo({ kind: 'worker', url: 'https://example.org/js/pool.js', name, timeOrigin: 1500 });

/** A page and two workers with the same module: 3, 40 and 500 calls of `run`. */
export const session = sessionFrom([
  ...segmentsOf(
    [
      {
        ...PARTS,
        info: realmInfo(),
        crossings: exactly([
          [1, 3, 6],
          [2, 9, 1],
        ]),
        requests: [requestRow()],
      },
    ],
    'page',
  ),
  ...segmentsOf(
    [
      {
        ...PARTS,
        info: worker(''),
        crossings: exactly([[1, 40, 8]]),
        series: [{ name: 'jsHeap', time: [10, 20], value: [5e6, 4e6] }],
        growths: [{ memory: 0, time: 30, fromPages: 2, toPages: 5, node: 2, observedLate: false }],
      },
    ],
    'one',
  ),
  ...segmentsOf([{ ...PARTS, info: worker('decoder'), crossings: exactly([[1, 500, 10]]) }], 'two'),
]);
