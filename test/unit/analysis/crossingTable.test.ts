import fc from 'fast-check';
import { expect, test } from 'vitest';
import { crossingTable } from '../../../src/analysis/crossingTable.ts';
import { treeFigures } from '../../../src/analysis/treeFigures.ts';
import { createFold } from '../../../src/session/fold.ts';
import { LARGE, syntheticInfo, syntheticSegments } from '../../fixtures/synthetic.ts';
import { PLAIN, RECURSIVE, sessionOf, timingError } from './smallTrees.ts';

test('self time is total time less the time of the calls within', () => {
  const rows = crossingTable(sessionOf(PLAIN));
  expect(rows.map(({ self, total }) => [self.value, total.value])).toEqual([
    [8, 10],
    [3, 3],
    [3, 4],
  ]);
});

test('calls are summed over all nodes of a function', () => {
  expect(crossingTable(sessionOf(PLAIN)).map(({ calls }) => calls)).toEqual([20, 36, 1]);
});

test('rates, shares and times per call are taken over the whole session', () => {
  const [f, , g] = crossingTable(sessionOf(PLAIN));
  expect(f).toMatchObject({ callsPerSecond: 10, share: expect.closeTo(8 / 2000) });
  expect(g?.perCall.value).toBe(4e6);
});

test('the error of self time includes that of the calls within', () => {
  const [f] = crossingTable(sessionOf(PLAIN));
  expect(f?.total.error).toEqual(timingError(20));
  expect(f?.self.error).toEqual(timingError(Math.hypot(20, 30)));
});

test.each([
  [400, 1400, [10, 30, 0]],
  [1000, 2000, [10, 6, 1]],
  [600, 1400, [0, 0, 0]],
])('the range from %d to %d ms has the intervals whose middle is in it', (from, to, calls) => {
  const rows = crossingTable(sessionOf(PLAIN), { from, to });
  expect(rows.map((row) => row.calls)).toEqual(calls);
});

test('a range over the whole session has the same figures as no range', () => {
  const session = sessionOf(PLAIN);
  expect(crossingTable(session, { from: 0, to: 2000 })).toEqual(crossingTable(session));
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

test('of recursive calls only the outermost count in the total, but all in calls and per call', () => {
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

test('self time is 0 and not less if the estimates of the children exceed their parent’s', () => {
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

const COARSE = sessionOf({ ...PLAIN, info: { clockResolution: 0.1 } });

test('the variance of self time is that of the node and its children', () => {
  const { selfVariance, totalVariance } = treeFigures(COARSE);
  expect(selfVariance[1]).toBeCloseTo((totalVariance[1] ?? 0) + (totalVariance[2] ?? 0));
});

test('the error of a function’s total combines those of its nodes', () => {
  const { totalVariance } = treeFigures(COARSE);
  const [, log] = crossingTable(COARSE);
  expect(log?.total.error).toBeCloseTo(
    Math.sqrt((totalVariance[2] ?? 0) + (totalVariance[4] ?? 0)),
  );
});

test('a call that began before the range has the time of the calls within the range', () => {
  const session = sessionOf({ ...PLAIN, seconds: [[[1, 1, 9]], [[2, 5, 2]]] });
  const { total, self } = treeFigures(session, { from: 1000, to: 2000 });
  expect([total[0], total[1], total[2], self[1]]).toEqual([2, 2, 2, 0]);
  expect(crossingTable(session, { from: 1000, to: 2000 })[0]).toMatchObject({
    calls: 0,
    self: { value: 0 },
  });
});

test('on an exact clock the self times of any tree add up to the time of its top-level calls', () => {
  const tree = fc.array(fc.tuple(fc.nat(), fc.nat({ max: 3 }), fc.integer({ min: 1, max: 9 })), {
    minLength: 1,
    maxLength: 30,
  });
  fc.assert(
    fc.property(tree, (rows) => {
      const nodes = rows.map(([parent, fn], node) => ({
        parent: parent % (node + 1),
        function: fn,
      }));
      const own = rows.map(([, , ms]) => ms);
      const total = [...own];
      for (let node = rows.length - 1; node >= 0; node--) {
        const above = (nodes[node]?.parent ?? 0) - 1;
        if (above >= 0) total[above] = (total[above] ?? 0) + (total[node] ?? 0);
      }
      const session = sessionOf({
        functions: ['a', 'b', 'c', 'd'],
        nodes,
        seconds: [total.map((ms, node) => [node + 1, 1, ms])],
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

test('no call of a range is lost among 100,000 nodes in 600 intervals', () => {
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
