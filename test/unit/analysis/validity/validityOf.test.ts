import { expect, test } from 'vitest';
import { validityOf } from '../../../../src/analysis/validity/validityOf.ts';
import type { SpanRow } from '../../../../src/protocol/rows.ts';
import type { Session } from '../../../../src/session/model.ts';
import { moduleRow, segmentsOf, sessionFrom } from '../../sessionBuilder.ts';
import { sessionWithProbes } from './sessionWithProbes.ts';

const OPTIMISED = [0.2, 0.6] as const;

const withInfo = (session: Session, change: Partial<Session['info']>): Session => ({
  ...session,
  info: { ...session.info, ...change },
});

test('a session under good conditions has no warnings', () => {
  expect(validityOf(sessionWithProbes(OPTIMISED)).warnings).toEqual([]);
});

test('a CPU that slowed down is a warning', () => {
  const { warnings } = validityOf(sessionWithProbes(OPTIMISED, [0.4, 1.2]));
  expect(warnings).toEqual([{ code: 'cpu variation', factor: expect.closeTo(2) }]);
});

test('the baseline tier is a warning with how much slower it is', () => {
  const { warnings } = validityOf(sessionWithProbes([2, 1]));
  expect(warnings).toMatchObject([
    { code: 'baseline tier', partly: false, slowdown: expect.closeTo(6) },
  ]);
});

test('a session that was cut short is a warning with the reason', () => {
  const cut = withInfo(sessionWithProbes(OPTIMISED), { state: 'cut', reason: 'The disk is full.' });
  expect(validityOf(cut).warnings).toEqual([{ code: 'cut short', reason: 'The disk is full.' }]);
});

test('a finished session without wasm is a warning', () => {
  const empty = withInfo({ ...sessionWithProbes(OPTIMISED), modules: [] }, { state: 'complete' });
  expect(validityOf(empty).warnings).toEqual([{ code: 'no wasm', mode: empty.info.mode }]);
});

const hidden = (start: number): SpanRow => ({
  kind: 'visibility',
  name: 'hidden',
  start,
  duration: 1500,
  value: null,
  detail: '',
});

test('the times in which the page was hidden add up', () => {
  const session = sessionFrom(
    segmentsOf([{ modules: [moduleRow()], spans: [hidden(0), hidden(4000)] }]),
  );
  expect(validityOf(session)).toMatchObject({
    hidden: 3000,
    warnings: [{ code: 'hidden', time: 3000 }],
  });
});
