import { expect, test } from 'vitest';
import type { Condition, Refusal } from '../../../src/compare/refusal.ts';
import { noRefusals, PARTS, refusalsOf } from '../../../src/compare/refusalsOf.ts';
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

test('sessions of the same conditions are compared', () => {
  expect(refusalsOf([session(), session()], [session()])).toEqual(noRefusals());
});

test.each(PARTS)('a session that holds nothing is not compared in %s', (part) => {
  const empty = sessionFrom([], { ...syntheticInfo(), name: 'empty' });
  expect(refusalsOf([session()], [empty])[part]).toContainEqual({
    code: 'empty',
    session: 'empty',
  });
});

const differs = (condition: Condition, baseline: string, candidate: string): Refusal => ({
  code: 'condition differs',
  condition,
  baseline: [baseline],
  candidate: [candidate],
});

test.each<[string, Session, string[], Refusal]>([
  ['DevTools', session({}, { devtools: 'open' }), ['times'], differs('devtools', 'closed', 'open')],
  [
    'the setup',
    session({}, { setup: 'warm cache' }),
    ['times', 'memory', 'transfer'],
    differs('setup', '', 'warm cache'),
  ],
  [
    'the browser',
    session({}, { browser: 'Firefox 153' }),
    ['times', 'memory'],
    differs('browser', 'Chromium 156', 'Firefox 153'),
  ],
  ['isolation', session({}, {}, false), ['times'], differs('isolation', 'on', 'off')],
  ['the mode', session({ mode: 'attach' }), [...PARTS], differs('mode', 'reload', 'attach')],
  [
    'completeness',
    session({ state: 'cut', reason: 'The disk was full.', name: 'a' }),
    [...PARTS],
    { code: 'cut short', session: 'a', reason: 'The disk was full.' },
  ],
])('where %s differs, only what depends on it is refused', (_, candidate, parts, refusal) => {
  const refused = refusalsOf([session()], [candidate]);
  expect(Object.entries(refused).filter(([, reasons]) => reasons.length > 0)).toEqual(
    parts.map((part) => [part, [refusal]]),
  );
});

test('a condition that varies from run to run is refused', () => {
  const mixed = [session(), session({}, { devtools: 'open' })];
  expect(refusalsOf(mixed, mixed).times).toEqual([
    { code: 'condition varies', condition: 'devtools', values: ['closed', 'open'] },
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
    expect.objectContaining({ code: 'baseline tier' }),
  ]);
});

test('a probe that was late once, as the machine was busy, is no reason against the other runs', () => {
  expect(refusalsOf(optimised, [probed(0.3), probed(0.3), probed(2)]).times).toEqual([]);
});
