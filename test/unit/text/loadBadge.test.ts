import { expect, test } from 'vitest';
import { loadBadge } from '../../../src/text/loadBadge.ts';

test('a badge has the severity of its finding', () => {
  expect(loadBadge({ code: 'streamed', severity: 'good' })).toMatchObject({
    text: 'streamed',
    tone: 'good',
  });
});

test('a badge says why a module did not stream, and what to do', () => {
  const badge = loadBadge({
    code: 'not streamed',
    cause: 'wrong MIME type',
    severity: 'warning',
  });
  expect(badge.text).toBe('not streamed: wrong MIME type');
  expect(badge.title).toMatch(/Content-Type: application\/wasm/);
});

test('a module that failed shows the engine’s error', () => {
  const badge = loadBadge({ code: 'failed', error: 'CompileError', severity: 'bad' });
  expect(badge.title).toBe('CompileError');
});

test('a module over the budget shows the budget', () => {
  const badge = loadBadge({ code: 'over budget', budget: 5_000_000, severity: 'warning' });
  expect(badge.text).toBe('over 5 MB');
});
