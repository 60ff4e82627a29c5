import { expect, test } from 'vitest';
import { loadFindings } from '../../../src/analysis/loadFindings.ts';
import { ofRealm } from '../../../src/analysis/ofRealm.ts';
import { sessionSummary } from '../../../src/analysis/sessionSummary.ts';
import { subjectOf } from '../../../src/budgets/subject.ts';
import { metricsOf } from '../../../src/metrics/metricsOf.ts';
import type { Session } from '../../../src/session/model.ts';
import { summaryText } from '../../../src/text/summaryText.ts';
import { moduleRow, realmInfo, segmentsOf, sessionFrom } from '../sessionBuilder.ts';

// A page loads a module and posts it to a thread, whichever of them is heard of first.

const PARTS = {
  sections: [{ id: 10, name: 'code', size: 900 }],
  bodies: [{ index: 0, name: 'step', size: 300 }],
};
const loaded = moduleRow({ id: 3, name: 'a.wasm', url: 'http://a/a.wasm', bytes: 1000, ...PARTS });
const unknown = {
  url: null,
  bytes: null,
  sections: null,
  bodies: null,
  transferSize: null,
} as const;
const posted = moduleRow({
  id: 0,
  name: 'a.wasm',
  method: 'received',
  ...unknown,
  origin: { realm: 'page', module: 3 },
});
const page = segmentsOf([{ modules: [loaded] }], 'page');
const thread = segmentsOf(
  [{ info: realmInfo({ kind: 'worker', name: 'thread' }), modules: [posted] }],
  'thread',
);

const sessions: [string, Session][] = [
  ['the page first', sessionFrom([...page, ...thread])],
  ['the thread first', sessionFrom([...thread, ...page])],
];

test.each(
  sessions,
)('a posted module is the one that was loaded, with its parts (%s)', (_, session) => {
  const first = session.modules.findIndex(({ method }) => method !== 'received');
  expect(session.modules[first]).toMatchObject({ origin: null, bytes: 1000 });
  expect(session.modules[1 - first]).toMatchObject({
    origin: first,
    bytes: 1000,
    url: 'http://a/a.wasm',
    transferSize: null,
    ...PARTS,
  });
  expect(
    loadFindings(session.modules[1 - first] as Session['modules'][number]).map(({ code }) => code),
  ).toContain('posted');
});

test.each(sessions)('it is counted once (%s)', (_, session) => {
  expect(subjectOf('total module size')?.figureOf(session)).toBe(1000);
  expect(
    metricsOf(session).find(({ id }) => id === 'module/a.wasm/section/code/bytes')?.value,
  ).toBe(900);
  expect(summaryText(sessionSummary(session)).filter((line) => line.startsWith('module'))).toEqual([
    expect.stringMatching(/^module a\.wasm: 1,000 bytes.*; posted to 1 more realm$/),
  ]);
});

test.each(sessions)('a realm by itself has it with its parts (%s)', (_, session) => {
  const thread = session.realms.findIndex(({ kind }) => kind === 'worker');
  expect(ofRealm(session, thread).modules).toMatchObject([{ origin: null, bytes: 1000, ...PARTS }]);
});

test.each([
  ['a realm that was never heard of', { realm: 'gone', module: 3 }],
  ['a module that its realm never told of', { realm: 'page', module: 9 }],
  ['itself', { realm: 'thread', module: 0 }],
])('one that is said to be of %s stays as it is', (_, same) => {
  const lost = segmentsOf([{ modules: [{ ...posted, origin: same }] }], 'thread');
  expect(sessionFrom([...page, ...lost]).modules[1]).toMatchObject({
    origin: null,
    bytes: null,
    method: 'received',
  });
});
