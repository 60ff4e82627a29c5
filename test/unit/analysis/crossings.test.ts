import fc from 'fast-check';
import { expect, test } from 'vitest';
import { callersAndCallees } from '../../../src/analysis/callersAndCallees.ts';
import { crossingTable } from '../../../src/analysis/crossingTable.ts';
import { treeFigures } from '../../../src/analysis/treeFigures.ts';
import { createFold } from '../../../src/session/fold.ts';
import { LARGE, syntheticInfo, syntheticSegments } from '../../fixtures/synthetic.ts';
import type { Recording } from '../sessionBuilder.ts';
import { recordingOf, sessionFrom } from '../sessionBuilder.ts';

const sessionOf = (recording: Recording) => sessionFrom(recordingOf(recording));

/** f calls log, and g; g calls log. */
const PLAIN: Recording = {
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
const PAGE = { from: 0, to: 2000 };

/** All calls are timed for certain: what is not known is what timing did to them, 0.1 µs each. */
const known = (calls: number): unknown => expect.closeTo(1e-4 * calls, 9);

test('self time is total time less what the calls within took', () => {
  const [f, log, g] = crossingTable(sessionOf(PLAIN));
  expect(f).toMatchObject({
    calls: 20,
    callsPerSecond: 10,
    self: { value: 8, error: known(Math.hypot(20, 30)) },
    total: { value: 10, error: known(20) },
  });
  expect(log).toMatchObject({ calls: 36, self: { value: 3 }, total: { value: 3 } });
  expect(g).toMatchObject({
    calls: 1,
    self: { value: 3 },
    total: { value: 4 },
    perCall: { value: 4e6 },
  });
  expect(f?.share).toBeCloseTo(8 / 2000);
});

test('a range takes whole intervals, by their middle, so that counts stay exact', () => {
  const session = sessionOf(PLAIN);
  expect(crossingTable(session, { from: 400, to: 1400 }).map(({ calls }) => calls)).toEqual([
    10, 30, 0,
  ]);
  expect(crossingTable(session, { from: 1000, to: 2000 }).map(({ calls }) => calls)).toEqual([
    10, 6, 1,
  ]);
  expect(crossingTable(session, { from: 600, to: 1400 }).map(({ calls }) => calls)).toEqual([
    0, 0, 0,
  ]);
  expect(crossingTable(session, PAGE)).toEqual(crossingTable(session));
});

test('functions that were not called have a row of zeros', () => {
  const [, idle] = crossingTable(
    sessionOf({
      ...PLAIN,
      functions: ['f', 'idle'],
      nodes: [{ parent: 0, function: 0 }],
      seconds: [[[1, 1, 1]]],
    }),
  );
  expect(idle).toEqual({
    function: 1,
    calls: 0,
    callsPerSecond: 0,
    share: 0,
    copied: 0,
    self: { value: 0, error: 0 },
    total: { value: 0, error: 0 },
    perCall: { value: 0, error: 0 },
  });
});

/** f → g → f → g: 10 ms in all, of which the innermost have 1. */
const RECURSIVE: Recording = {
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

test('of recursive calls the outermost count in the total, all in the calls and in what a call takes', () => {
  const [f, g] = crossingTable(sessionOf(RECURSIVE));
  expect(f).toMatchObject({
    calls: 2,
    total: { value: 10 },
    self: { value: 2 + 3 },
    perCall: { value: 7e6 },
  });
  expect(g).toMatchObject({
    calls: 2,
    total: { value: 8 },
    self: { value: 4 + 1 },
    perCall: { value: 4.5e6 },
  });
});

test('callers and callees of a function are told with their calls and time, the top level as −1', () => {
  const session = sessionOf(PLAIN);
  expect(callersAndCallees(session, 1)).toEqual({
    callers: [
      { function: 0, calls: 30, total: { value: 2, error: known(30) } },
      { function: 2, calls: 6, total: { value: 1, error: known(6) } },
    ],
    callees: [],
  });
  expect(callersAndCallees(session, 0)).toEqual({
    callers: [{ function: -1, calls: 20, total: { value: 10, error: known(20) } }],
    callees: [{ function: 1, calls: 30, total: { value: 2, error: known(30) } }],
  });
  expect(callersAndCallees(session, 1, { from: 1000, to: 2000 }).callers).toEqual([
    { function: 2, calls: 6, total: { value: 1, error: known(6) } },
  ]);
});

test('between two that call each other in turn, no time counts twice', () => {
  const { callers, callees } = callersAndCallees(sessionOf(RECURSIVE), 1);
  expect(callers).toEqual([{ function: 0, calls: 2, total: { value: 8, error: known(1) } }]);
  expect(callees).toEqual([{ function: 0, calls: 1, total: { value: 4, error: known(1) } }]);
});

test('where estimates of the children exceed their parent’s, self time is 0 and not less', () => {
  const session = sessionOf({
    ...PLAIN,
    seconds: [
      [
        [1, 10, 1],
        [2, 30, 2],
      ],
    ],
  });
  expect(crossingTable(session)[0]?.self.value).toBe(0);
  expect(treeFigures(session).self[1]).toBe(0);
});

test('errors of self time are the node’s and the children’s together, those of sums grow with the root', () => {
  const session = sessionOf({ ...PLAIN, info: { clockResolution: 0.1 } });
  const figures = treeFigures(session);
  expect(figures.selfVariance[1]).toBeCloseTo(
    (figures.totalVariance[1] as number) + (figures.totalVariance[2] as number),
  );
  const log = crossingTable(session)[1];
  expect(log?.total.error).toBeCloseTo(
    Math.sqrt((figures.totalVariance[2] as number) + (figures.totalVariance[4] as number)),
  );
});

test('a call that began before the range passes on what was called within', () => {
  const session = sessionOf({ ...PLAIN, seconds: [[[1, 1, 9]], [[2, 5, 2]]] });
  const { total, self } = treeFigures(session, { from: 1000, to: 2000 });
  expect([total[0], total[1], total[2], self[1]]).toEqual([2, 2, 2, 0]);
  expect(crossingTable(session, { from: 1000, to: 2000 })[0]).toMatchObject({
    calls: 0,
    self: { value: 0 },
  });
});

test('on an exact clock the self times of any tree add up to what the top level’s calls took', () => {
  const tree = fc.array(fc.tuple(fc.nat(), fc.nat({ max: 3 }), fc.integer({ min: 1, max: 9 })), {
    minLength: 1,
    maxLength: 30,
  });
  fc.assert(
    fc.property(tree, (rows) => {
      const nodes = rows.map(([parent, fn], at) => ({ parent: parent % (at + 1), function: fn }));
      const own = rows.map(([, , ms]) => ms);
      const total = [...own];
      for (let at = rows.length - 1; at >= 0; at--) {
        const above = (nodes[at] as { parent: number }).parent - 1;
        if (above >= 0) total[above] = (total[above] as number) + (total[at] as number);
      }
      const session = sessionOf({
        functions: ['a', 'b', 'c', 'd'],
        nodes,
        seconds: [total.map((ms, at) => [at + 1, 1, ms])],
      });
      const table = crossingTable(session);
      const all = own.reduce((sum, ms) => sum + ms, 0);
      expect(table.reduce((sum, { self }) => sum + self.value, 0)).toBeCloseTo(all);
      expect(treeFigures(session).total[0]).toBeCloseTo(all);
      for (const { self, total: whole } of table)
        expect(whole.value).toBeGreaterThanOrEqual(self.value - 1e-9);
      expect(Math.max(...table.map(({ total: whole }) => whole.value))).toBeLessThanOrEqual(
        all + 1e-9,
      );
    }),
  );
});

test('100,000 nodes over 600 intervals: no call of the range is lost', () => {
  const fold = createFold(syntheticInfo());
  for (const segment of syntheticSegments(LARGE)) fold.add(segment);
  const session = fold.session();
  const range = { from: 0, to: 400_000 };
  const within = session.intervals.filter(({ from, to }) => (from + to) / 2 <= range.to);
  const calls = within.reduce(
    (sum, interval) => sum + interval.calls.reduce((all, count) => all + count, 0),
    0,
  );
  expect(session.intervals.length).toBe(600);
  expect(crossingTable(session, range).reduce((sum, row) => sum + row.calls, 0)).toBe(calls);
});
