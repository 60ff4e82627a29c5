import { expect, test } from 'vitest';
import { loadFindings } from '../../../src/analysis/loadFindings.ts';
import type { ModuleRow } from '../../../src/protocol/rows.ts';
import { moduleOf } from './moduleOf.ts';

const codesOf = (change: Partial<ModuleRow>): string[] =>
  loadFindings(moduleOf(change)).map(({ code }) => code);

test('a module that streamed has this one finding', () => {
  expect(codesOf({})).toEqual(['streamed']);
});

test('a module that failed because of its MIME type has both findings', () => {
  const error = 'Incorrect response MIME type';
  const failed = moduleOf({ streamed: false, notStreamedReason: 'wrong MIME type', error });
  expect(loadFindings(failed)).toMatchObject([
    { code: 'failed', error },
    { code: 'not streamed', cause: 'wrong MIME type' },
  ]);
});

test('a module whose request failed has no engine’s error', () => {
  const failed = moduleOf({ streamed: false, notStreamedReason: 'failed' });
  expect(loadFindings(failed)).toEqual([{ code: 'failed', severity: 'bad', error: null }]);
});

test.each([
  ['new Module', ['not streamed', 'compiled on the main thread']],
  ['compile', ['not streamed']],
] as const)('bytes on the main thread given to %s are found as %j', (method, codes) => {
  const bytes = { streamed: false, notStreamedReason: 'bytes given', onMainThread: true } as const;
  expect(codesOf({ ...bytes, method })).toEqual(codes);
});

test('a module above 5 MB is over the budget', () => {
  expect(codesOf({ bytes: 5_000_001 })).toContain('over budget');
  expect(codesOf({ bytes: 5_000_000 })).not.toContain('over budget');
});

test('a module of which no bytes were transferred was cached', () => {
  expect(codesOf({ transferSize: 0 })).toContain('cached');
  expect(codesOf({ transferSize: null })).not.toContain('cached');
});

test('a module that was received from elsewhere is not measured', () => {
  expect(codesOf({ streamed: false, method: 'received' })).toEqual(['not measured']);
});

test.each([
  [36, 'neutral'],
  [40_000, 'warning'],
] as const)('how a module of %d bytes was loaded is %s', (bytes, severity) => {
  const glue = moduleOf({
    method: 'new Module',
    streamed: false,
    notStreamedReason: 'bytes given',
    onMainThread: true,
    bytes,
  });
  expect(loadFindings(glue).map((finding) => finding.severity)).toEqual([severity, severity]);
});
