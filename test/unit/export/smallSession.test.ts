import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { crossingTable } from '../../../src/analysis/crossingTable.ts';
import { overviewLines } from '../../../src/analysis/overview/overviewLines.ts';
import type { SmallSession } from '../../../src/export/smallSession.ts';
import { openSmallSession, SMALL_LIMITS, smallSession } from '../../../src/export/smallSession.ts';
import type { Session } from '../../../src/session/model.ts';
import { LARGE, SMALL, syntheticSegments } from '../../fixtures/synthetic.ts';
import { sessionFrom } from '../sessionBuilder.ts';

const asFile = (small: SmallSession): SmallSession =>
  JSON.parse(JSON.stringify(small)) as SmallSession;
const allCalls = (session: Session): number =>
  session.intervals.reduce((sum, { calls }) => sum + calls.reduce((a, b) => a + b, 0), 0);
const small = sessionFrom([...syntheticSegments(SMALL)]);
const large = sessionFrom([...syntheticSegments(LARGE)]);

test('a session that fits keeps its tables', () => {
  const { session, figures } = openSmallSession(asFile(smallSession(small)));
  expect(figures).toBeNull();
  expect(session.nodes).toEqual(small.nodes);
  expect(crossingTable(session).map(({ calls }) => calls)).toEqual(
    crossingTable(small).map(({ calls }) => calls),
  );
});

test('a long session keeps every call and the largest value of every series', () => {
  const { session, figures } = openSmallSession(asFile(smallSession(large)));
  expect(allCalls(session)).toBe(allCalls(large));
  expect(figures?.crossings.map(({ calls }) => calls)).toEqual(
    crossingTable(large).map(({ calls }) => calls),
  );
  expect(Math.max(...overviewLines(session).eventLoopDelay.value.map(Number))).toBeCloseTo(
    Math.max(...overviewLines(large).eventLoopDelay.value.map(Number)),
    3,
  );
});

test('ten minutes take less than 3 MB in a page', () => {
  const made = smallSession(large);
  expect(made.intervals.reduce((sum, { node }) => sum + node.length, 0)).toBeLessThanOrEqual(
    SMALL_LIMITS.crossings,
  );
  expect(gzipSync(JSON.stringify(made)).length * (4 / 3)).toBeLessThan(2.7e6);
});

test('what was left out is said', () => {
  expect(smallSession(large).omitted).toContain('Of 5000 requests, the first 2000 are here.');
  expect(smallSession(small).omitted).toEqual([]);
});
