import { expect, test } from 'vitest';
import { memoryByRealm } from '../../../src/analysis/memoryByRealm.ts';
import { memoryFigures } from '../../../src/analysis/memoryFigures.ts';
import { ofRealm } from '../../../src/analysis/ofRealm.ts';
import { overviewLines } from '../../../src/analysis/overview/overviewLines.ts';
import type { MemoryRow } from '../../../src/protocol/rows.ts';
import type { Session } from '../../../src/session/model.ts';
import { realmInfo, segmentsOf, sessionFrom } from '../sessionBuilder.ts';

// A page and a thread have one shared memory, whichever of them is heard of first; the thread grows
// it.

const memory = (change: Partial<MemoryRow>): MemoryRow => ({
  id: 0,
  module: null,
  name: 'env.memory',
  kind: 'imported',
  shared: true,
  address: 'i32',
  initialPages: 2,
  maximumPages: 16,
  firstSeen: 0,
  ...change,
});
const growth = (time: number, observedLate: boolean) => ({
  memory: 0,
  time,
  fromPages: 2,
  toPages: 5,
  node: null,
  observedLate,
});

const page = segmentsOf(
  [{ memories: [memory({ origin: null })] }, { growths: [growth(1900, true)] }],
  'page',
);
const thread = segmentsOf(
  [
    {
      info: realmInfo({ kind: 'worker', name: 'thread' }),
      memories: [memory({ firstSeen: 500, origin: { realm: 'page', memory: 0 } })],
      growths: [growth(800, false)],
    },
  ],
  'thread',
);

const sessions: [string, Session][] = [
  ['the page first', sessionFrom([...page, ...thread])],
  ['the thread first', sessionFrom([...thread, ...page])],
];

test.each(
  sessions,
)('a shared memory is one, as the realm has it that had it first (%s)', (_, session) => {
  const place = (kind: string): number => session.realms.findIndex((realm) => realm.kind === kind);
  expect(session.memories).toMatchObject([
    { realm: place('page'), firstSeen: 0, sharedWith: [place('worker')] },
  ]);
  expect(memoryFigures(session)).toMatchObject([{ pages: 5, growths: 1 }]);
});

test.each(
  sessions,
)('its growth is there once, as the realm saw it that saw it first (%s)', (_, session) => {
  expect(session.growths).toMatchObject([{ time: 800, observedLate: false }]);
});

test.each(
  sessions,
)('its bytes are not added up over realms, and each realm has it (%s)', (_, session) => {
  expect(overviewLines(session).linearMemory.value.at(-1)).toBe(5 * 65536);
  expect(memoryByRealm(session)).toMatchObject([
    { linear: 5 * 65536, shared: 5 * 65536 },
    { linear: 5 * 65536, shared: 5 * 65536 },
  ]);
  for (const realm of [0, 1])
    expect(ofRealm(session, realm).memories).toMatchObject([{ realm: 0, sharedWith: [] }]);
});

test('memories that were not compared stay apart', () => {
  const other = segmentsOf([{ memories: [memory({})] }], 'other');
  expect(sessionFrom([...page, ...other]).memories).toHaveLength(2);
});
