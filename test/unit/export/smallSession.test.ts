import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { crossingTable } from '../../../src/analysis/crossingTable.ts';
import { overviewLines } from '../../../src/analysis/overview/overviewLines.ts';
import { openSmallSession } from '../../../src/export/openSmallSession.ts';
import type { SmallSession } from '../../../src/export/smallSession.ts';
import { SMALL_LIMITS, smallSession } from '../../../src/export/smallSession.ts';
import type { Session } from '../../../src/session/model.ts';
import { LARGE, SMALL, syntheticSegments } from '../../fixtures/synthetic.ts';
import { sessionFrom } from '../sessionBuilder.ts';

const asFile = (small: SmallSession): SmallSession =>
  JSON.parse(JSON.stringify(small)) as SmallSession;
const allCalls = (session: Session): number =>
  session.intervals.reduce((sum, { calls }) => sum + calls.reduce((a, b) => a + b, 0), 0);
const small = sessionFrom([...syntheticSegments(SMALL)]);
const large = sessionFrom([...syntheticSegments(LARGE)]);
const reduced = smallSession(large);

test('a session within the limits keeps its figures in its tables', () => {
  expect(openSmallSession(asFile(smallSession(small))).figures).toBeNull();
});

test('a session within the limits keeps its crossing tree', () => {
  expect(openSmallSession(asFile(smallSession(small))).session.nodes).toEqual(small.nodes);
});

test('a session within the limits keeps its calls', () => {
  const { session } = openSmallSession(asFile(smallSession(small)));
  expect(crossingTable(session).map(({ calls }) => calls)).toEqual(
    crossingTable(small).map(({ calls }) => calls),
  );
});

test('a long session keeps the number of all calls', () => {
  expect(allCalls(openSmallSession(asFile(reduced)).session)).toBe(allCalls(large));
});

test('a long session keeps the calls of each function', () => {
  const { figures } = openSmallSession(asFile(reduced));
  expect(figures?.crossings.map(({ calls }) => calls)).toEqual(
    crossingTable(large).map(({ calls }) => calls),
  );
});

test('a long session keeps the largest event-loop delay', () => {
  const { session } = openSmallSession(asFile(reduced));
  expect(Math.max(...overviewLines(session).eventLoopDelay.value.map(Number))).toBeCloseTo(
    Math.max(...overviewLines(large).eventLoopDelay.value.map(Number)),
    3,
  );
});

test('a long session keeps no more crossing rows than the limit', () => {
  const rows = reduced.intervals.reduce((sum, { node }) => sum + node.length, 0);
  expect(rows).toBeLessThanOrEqual(SMALL_LIMITS.crossings);
});

test('ten minutes take less than 3 MB in a page', () => {
  const compressed = gzipSync(JSON.stringify(reduced)).length;
  expect(compressed * (4 / 3)).toBeLessThan(2.7e6);
});

test('a long session says what was left out', () => {
  expect(reduced.omitted).toContain('Only the first 2000 of 5000 requests are shown.');
});

test('nothing is left out of a session within the limits', () => {
  expect(smallSession(small).omitted).toEqual([]);
});
