import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { RealmKind } from '../../../src/protocol/rows.ts';
import * as rows from '../../../src/protocol/rows.ts';
import { createFold } from '../../../src/session/fold.ts';
import type { Session, SessionInfo } from '../../../src/session/model.ts';
import { callSums } from '../../../src/session/model.ts';
import type { Segment } from '../../../src/session/segment.ts';
import { anyRecording } from '../../fixtures/anySegment.ts';
import { LARGE, SMALL, syntheticInfo, syntheticSegments } from '../../fixtures/synthetic.ts';
import type { Part } from '../sessionBuilder.ts';

function folded(segments: Iterable<Segment>, info: Partial<SessionInfo> = {}): Session {
  const fold = createFold(syntheticInfo(info));
  for (const segment of segments) fold.add(segment);
  return fold.session();
}

const ORIGIN = Date.UTC(2026, 10, 23, 10, 54);
const realmInfo = (timeOrigin: number, kind: RealmKind = 'page') => ({
  ...rows.realmInfo.empty(),
  kind,
  timeOrigin,
});
const segment = (seq: number, { crossings, ...rest }: Part = {}): Segment => ({
  realm: 'a1',
  seq,
  from: seq * 1000,
  to: seq * 1000 + 1000,
  ...(seq === 0 && { info: realmInfo(ORIGIN) }),
  ...(crossings && { crossings: [{ from: seq * 1000, to: seq * 1000 + 1000, ...crossings }] }),
  ...rest,
});
const mark = (name: string, start: number) => ({
  ...rows.spanRow.empty(),
  kind: 'mark' as const,
  name,
  start,
});
const fn = (id: number, module = 0) => ({
  ...rows.functionRow.empty(),
  id,
  module,
  name: `f${id}`,
});
const crossings = (node: number[], calls: number[]) => {
  return { ...callSums(() => node.map(() => 0)), node, calls };
};

/** A permutation: items sorted by random keys. */
const shuffled = <Item>(items: readonly Item[], keys: readonly number[]): Item[] =>
  items
    .map((item, at) => ({ item, key: keys[at % keys.length] as number }))
    .sort((a, b) => a.key - b.key)
    .map(({ item }) => item);
const keys = fc.array(fc.nat(), { minLength: 12, maxLength: 12 });

test('the order in which one realm’s segments come changes nothing, nor does one that comes twice', () => {
  fc.assert(
    fc.property(anyRecording, keys, keys, (recording, order, twice) => {
      const one = recording.filter(({ realm }) => realm === 'a1');
      const mixed = [...shuffled(one, order), ...shuffled(one, twice)];
      expect(folded(mixed)).toEqual(folded(one));
    }),
  );
});

test('however the segments of several realms mix, each realm has the same rows that point to the same rows', () => {
  fc.assert(
    fc.property(anyRecording, keys, (recording, order) => {
      expect(resolved(folded(shuffled(recording, order)))).toEqual(resolved(folded(recording)));
    }),
  );
});

/**
 * What a session says, without its indices and times: rows of each realm with what they point to
 * written out.
 */
function resolved(session: Session): object {
  const { realms, modules, functions, memories, nodes } = session;
  const path = (node: number): string => {
    const parent = nodes.parent[node] as number;
    return parent < 0
      ? (realms[nodes.realm[node] as number]?.id ?? '')
      : `${path(parent)}/${functions[nodes.function[node] as number]?.name}`;
  };
  return Object.fromEntries(
    realms.map(({ id, overhead, ended }, realm) => [
      id,
      {
        overhead,
        ended,
        modules: modules
          .filter((row) => row.realm === realm)
          .map(({ name, bytes }) => ({ name, bytes })),
        memories: memories
          .filter((row) => row.realm === realm)
          .map((row) => ({ name: row.name, module: modules[row.module ?? -1]?.name })),
        functions: functions
          .filter((row) => row.realm === realm)
          .map((row) => ({ name: row.name, module: modules[row.module]?.name })),
        growths: session.growths
          .filter(({ memory }) => memories[memory]?.realm === realm)
          .map(({ memory, toPages, node }) => ({
            memory: memories[memory]?.name,
            toPages,
            by: node === null ? null : path(node),
          })),
        crossings: session.intervals
          .filter((row) => row.realm === realm)
          .map(({ node, calls }) => [...node].map((at, place) => [path(at), calls[place]]))
          .map(String)
          .sort(),
        requests: session.requests.filter((row) => row.realm === realm).map(({ url }) => url),
        spans: session.spans.filter((row) => row.realm === realm).map(({ name }) => name),
        series: session.series
          .filter((row) => row.realm === realm)
          .map(({ name, value }) => ({ name, value })),
        unmeasured: session.unmeasured
          .filter((row) => row.realm === realm)
          .map(({ what, count }) => ({ what, count })),
      },
    ]),
  );
}

test('a segment handed over in two parts folds to the same tables', () => {
  fc.assert(
    fc.property(anyRecording, (recording) => {
      const one = recording.filter(({ realm }) => realm === 'a1');
      const halves = one.flatMap((whole) => {
        const { realm, seq, from, to, info, modules, memories, functions, nodes, ...later } = whole;
        const first = { realm, seq: 2 * seq, from, to, info, modules, memories, functions, nodes };
        return [
          JSON.parse(JSON.stringify(first)) as Segment,
          { realm, seq: 2 * seq + 1, from, to, ...later },
        ];
      });
      expect(folded(halves)).toEqual(folded(one));
    }),
  );
});

test('any tree is free of circles and any index points to a row, whatever segments are missing', () => {
  fc.assert(
    fc.property(
      anyRecording,
      fc.array(fc.boolean(), { minLength: 12, maxLength: 12 }),
      (recording, kept) => {
        const { nodes, intervals, growths, memories, functions, modules, realms } = folded(
          recording.filter((_, at) => kept[at]),
        );
        for (const [node, parent] of nodes.parent.entries()) expect(parent).toBeLessThan(node);
        for (const index of nodes.function) expect(index).toBeLessThan(functions.length);
        for (const { module } of functions) expect(module).toBeLessThan(modules.length);
        for (const { memory } of growths) expect(memories[memory]).toBeDefined();
        for (const { node, realm } of intervals) {
          expect(realms[realm]).toBeDefined();
          for (const at of node) expect(nodes.realm[at]).toBe(realm);
        }
      },
    ),
  );
});

test('ids of two realms do not mix', () => {
  const { nodes, functions, intervals } = folded(
    ['a1', 'b2'].map((realm, at) =>
      segment(0, {
        realm,
        functions: [{ ...fn(0), name: realm }],
        nodes: { first: 1, parent: [0], function: [0] },
        crossings: crossings([1], [10 + at]),
      }),
    ),
  );
  expect([...nodes.parent]).toEqual([-1, 0, -1, 2]);
  expect([...nodes.function]).toEqual([-1, 0, -1, 1]);
  expect(functions.map(({ name, realm }) => [name, realm])).toEqual([
    ['a1', 0],
    ['b2', 1],
  ]);
  expect(intervals.map(({ node, calls }) => [node[0], calls[0]])).toEqual([
    [1, 10],
    [3, 11],
  ]);
});

test('times count from the first realm’s origin', () => {
  const session = folded([
    segment(0, { spans: [mark('page', 5)] }),
    segment(0, { realm: 'b2', info: realmInfo(ORIGIN + 300), spans: [mark('frame', 5)] }),
  ]);
  expect(session.spans.map(({ name, start }) => [name, start])).toEqual([
    ['page', 5],
    ['frame', 305],
  ]);
  expect(session.realms.map(({ offset }) => offset)).toEqual([0, 300]);
  expect(session.duration).toBe(1300);
});

test('recorded without reloading, times count from the start of the recording', () => {
  const { origin, spans } = folded(
    [segment(0, { from: 60_000, to: 61_000, spans: [mark('m', 60_500)] })],
    {
      mode: 'attach',
      started: ORIGIN + 60_000,
    },
  );
  expect(origin).toBe(ORIGIN + 60_000);
  expect(spans[0]?.start).toBe(500);
});

test('times count from the page’s time origin, though a worker of it was heard of before', () => {
  const worker = segment(0, {
    realm: 'b2',
    info: realmInfo(ORIGIN + 300, 'worker'),
    spans: [mark('worker', 5)],
  });
  const page = segment(0, { spans: [mark('page', 20)] });
  for (const segments of [
    [worker, page],
    [page, worker],
  ]) {
    const { origin, realms, spans } = folded(segments, { state: 'recording', ended: null });
    expect(origin).toBe(ORIGIN);
    expect(realms.map(({ kind, offset }) => [kind, offset])).toEqual([
      ['page', 0],
      ['worker', 300],
    ]);
    expect(spans.map(({ name, start }) => [name, start])).toEqual([
      ['page', 20],
      ['worker', 305],
    ]);
  }
});

test.each([
  ['has ended', [segment(0, { info: realmInfo(ORIGIN, 'worker') })], {}],
  [
    'is long',
    Array.from({ length: 100 }, (_, seq) =>
      segment(seq, seq === 0 ? { info: realmInfo(ORIGIN, 'worker') } : {}),
    ),
    { state: 'recording', ended: null } as const,
  ],
])('a worker whose page was never heard of is in a recording that %s', (_, segments, info) => {
  expect(folded(segments, info).realms.map(({ kind }) => kind)).toEqual(['worker']);
});

test('rows of modules, memories and requests replace earlier ones; null times stay null', () => {
  const [first] = syntheticSegments(SMALL);
  const module = first?.modules?.[0];
  const request = first?.requests?.[0];
  if (!module || !request) throw new Error('the synthetic session has no module or no request');
  const session = folded([
    segment(0, {
      modules: [{ ...module, compileEnd: null, firstCall: null }],
      requests: [{ ...request, status: null }],
    }),
    segment(1, { modules: [module], requests: [{ ...request, status: 404 }] }),
  ]);
  expect(session.modules).toHaveLength(1);
  expect(session.modules[0]).toMatchObject({
    compileEnd: module.compileEnd,
    firstCall: module.firstCall,
  });
  expect(session.requests.map(({ status }) => status)).toEqual([404]);
  expect(session.requests[0]?.redirectStart).toBeNull();
});

test('a missing segment is waited for while recording, and shown as a gap once the session has ended', () => {
  const fold = createFold(syntheticInfo({ state: 'recording', ended: null }));
  for (const seq of [0, 1, 4]) fold.add(segment(seq, { spans: [mark(`${seq}`, seq * 1000)] }));
  expect(fold.session().spans.map(({ name }) => name)).toEqual(['0', '1']);
  fold.setInfo(syntheticInfo());
  const { spans, dropped } = fold.session();
  expect(spans.map(({ kind, name }) => `${kind} ${name}`)).toEqual([
    'mark 0',
    'mark 1',
    'gap 2 missing',
    'mark 4',
  ]);
  expect(spans[2]).toMatchObject({ start: 2000, duration: 2000, value: 2 });
  expect(dropped).toEqual([{ what: 'chunks', count: 2 }]);
});

test('a gap in a long recording does not hold up what follows for ever', () => {
  const segments = Array.from({ length: 100 }, (_, seq) => segment(seq)).filter(
    ({ seq }) => seq !== 10,
  );
  const { duration, dropped } = folded(segments, { state: 'recording', ended: null });
  expect(duration).toBe(100_000);
  expect(dropped).toEqual([{ what: 'chunks', count: 1 }]);
});

test('what refers to rows of a missing segment is kept as far as it can be', () => {
  const { nodes, intervals, growths, dropped } = folded([
    segment(1, {
      nodes: { first: 7, parent: [3], function: [9] },
      crossings: crossings([7, 5], [1, 2]),
      growths: [{ memory: 0, time: 1, fromPages: 1, toPages: 2, node: 7, observedLate: false }],
    }),
  ]);
  expect([...nodes.parent]).toEqual([-1, 0]);
  expect([...nodes.function]).toEqual([-1, -1]);
  expect([...(intervals[0]?.node ?? [])]).toEqual([1, 0]);
  expect(growths).toEqual([]);
  expect(dropped).toEqual([
    { what: 'chunks', count: 1 },
    { what: 'growths', count: 1 },
  ]);
});

test('a realm has ended once its last segment said so', () => {
  expect(folded([segment(0)]).realms[0]?.ended).toBe(false);
  expect(folded([segment(0), segment(1, { end: 'pagehide' })]).realms[0]?.ended).toBe(true);
});

test('equal reasons for what was not measured are counted together, each realm for itself', () => {
  const row = { what: 'Worker', reason: 'CSP', count: 2 };
  const { unmeasured } = folded([
    segment(0, { unmeasured: [row] }),
    segment(1, { unmeasured: [row] }),
    segment(0, { realm: 'b2', unmeasured: [row] }),
  ]);
  expect(unmeasured.map(({ realm, count }) => [realm, count])).toEqual([
    [0, 4],
    [1, 2],
  ]);
});

test('a result does not change when more segments come', () => {
  const fold = createFold(syntheticInfo());
  const [first, ...rest] = syntheticSegments({ ...SMALL, seconds: 6 });
  fold.add(first as Segment);
  const before = fold.session();
  const copy = structuredClone(before);
  for (const next of rest) fold.add(next);
  expect(before).toEqual(copy);
  expect(fold.session().intervals).toHaveLength(6);
});

test('a large session is folded completely', () => {
  const { nodes, intervals, requests, functions } = folded(syntheticSegments(LARGE));
  expect([nodes.length, intervals.length, requests.length, functions.length]).toEqual([
    100_000, 600, 5000, 500,
  ]);
});
