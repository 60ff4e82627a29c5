import { expect, test } from 'vitest';
import { refusalsOf } from '../../../src/compare/refusalsOf.ts';
import type { Session, SessionInfo } from '../../../src/session/model.ts';
import { syntheticInfo } from '../../fixtures/synthetic.ts';
import { realmInfo, segmentsOf, sessionFrom } from '../sessionBuilder.ts';

const session = (
  info: Partial<SessionInfo> = {},
  conditions: Partial<SessionInfo['conditions']> = {},
  isolated = true,
): Session =>
  sessionFrom(segmentsOf([{ info: realmInfo({ crossOriginIsolated: isolated }) }]), {
    ...info,
    conditions: { ...syntheticInfo().conditions, ...conditions },
  });

test('sessions of the same conditions may be compared', () => {
  expect(refusalsOf([session(), session()], [session()])).toEqual({
    times: [],
    memory: [],
    counts: [],
    transfer: [],
  });
});

test('a session that holds nothing is not compared', () => {
  const empty = sessionFrom([], { ...syntheticInfo(), name: 'empty' });
  for (const reasons of Object.values(refusalsOf([session()], [empty])))
    expect(reasons).toContainEqual(expect.stringContaining('empty holds no recording'));
});

test.each([
  [session({}, { devtools: 'open' }), ['times'], 'DevTools differs: not open before, open after.'],
  [
    session({}, { setup: 'warm cache' }),
    ['times', 'memory', 'transfer'],
    'what was changed on purpose differs: nothing before, warm cache after.',
  ],
  [
    session({}, { browser: 'Firefox 153' }),
    ['times', 'memory'],
    'the browser differs: Chromium 156 before, Firefox 153 after.',
  ],
  [session({}, {}, false), ['times'], 'cross-origin isolation differs: on before, off after.'],
  [
    session({ mode: 'attach' }),
    ['times', 'memory', 'counts', 'transfer'],
    'the way of recording differs: from the first script on before, without reloading after.',
  ],
  [
    session({ state: 'cut', reason: 'The disk was full.', name: 'a' }),
    ['times', 'memory', 'counts', 'transfer'],
    'a was cut short. The disk was full.',
  ],
])('what differs is refused with its reason, and the rest is not', (candidate, parts, reason) => {
  const refused = refusalsOf([session()], [candidate]);
  expect(Object.entries(refused).filter(([, reasons]) => reasons.length > 0)).toEqual(
    parts.map((part) => [part, [reason]]),
  );
});

test('runs of one side that differ among themselves are refused', () => {
  const mixed = [session(), session({}, { devtools: 'open' })];
  expect(refusalsOf(mixed, mixed).times).toEqual([
    'DevTools differs from run to run: not open and open.',
  ]);
});

const probed = (wasm: number): Session =>
  sessionFrom(
    segmentsOf([
      { info: realmInfo({ crossOriginIsolated: true }), tierProbes: [{ time: 1, wasm, js: 1 }] },
    ]),
  );
const optimised = Array.from({ length: 4 }, () => probed(0.3));

test('times are refused where half of a side’s probes found wasm in the baseline tier', () => {
  expect(refusalsOf(optimised, [probed(0.3), probed(2)]).times).toEqual([
    expect.stringContaining('baseline tier'),
  ]);
});

test('a probe that was late once, as the machine was busy, is no reason against the other runs', () => {
  expect(refusalsOf(optimised, [probed(0.3), probed(0.3), probed(2)]).times).toEqual([]);
});
