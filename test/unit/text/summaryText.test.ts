import { expect, test } from 'vitest';
import { sessionSummary } from '../../../src/analysis/sessionSummary.ts';
import type { Session } from '../../../src/session/model.ts';
import { summaryText } from '../../../src/text/summaryText.ts';
import { session } from '../analysis/growingMemory.ts';
import { requestRow } from '../sessionBuilder.ts';

const linesOf = (change: Partial<Session> = {}): string[] =>
  summaryText(sessionSummary({ ...session, ...change }));

test('the summary says what was found, functions with the most self time first', () => {
  expect(linesOf()).toEqual([
    'https://demo.example/physics/: 1.0 s in 1 realm',
    'module a.wasm: size unknown, instantiateStreaming, streamed',
    '13 crossings through 2 boundary functions',
    '  run: 12 calls, self 5.000 ± 0.002 ms',
    '  env.grow: 1 call, self 1.00 ms',
    'memory: 9 pages of 64 KiB, grown from 2 in 3 grow calls',
    'memory scratch: 1 page of 64 KiB',
    '0 requests, 0 on new connections and 0 on reused ones',
  ]);
});

test('the summary says how many functions were not measured', () => {
  const [first, ...rest] = session.functions;
  const functions = first ? [...rest, { ...first, notMeasuredReason: 'no signature' }] : rest;
  expect(linesOf({ functions })[2]).toMatch(/; 1 more were not measured$/);
});

test('equal memories are one line with their number', () => {
  const [memory] = session.memories;
  const memories = memory ? [memory, memory, memory] : [];
  expect(linesOf({ memories, growths: [] })).toContain('3 × memory: 2 pages of 64 KiB');
});

test('the summary warns if open DevTools made the times too long', () => {
  const { info } = session;
  const conditions = { ...info.conditions, devtools: 'open' as const };
  expect(linesOf({ info: { ...info, conditions } }).at(-1)).toMatch(
    /^DevTools were open.*times are too long/,
  );
});

const NO_WASM: Partial<Session> = { modules: [], functions: [], memories: [], growths: [] };

test('the summary of a recording without wasm says so', () => {
  expect(linesOf(NO_WASM)).toEqual([
    'https://demo.example/physics/: 1.0 s in 1 realm',
    '0 requests, 0 on new connections and 0 on reused ones',
    expect.stringMatching(/^No WebAssembly was loaded/),
  ]);
});

test('the summary lists failed requests', () => {
  const missing = { ...requestRow({ url: 'https://demo.example/app.js', status: 404 }), realm: 0 };
  const refused = { ...missing, status: null, error: 'TypeError' };
  expect(linesOf({ requests: [missing, refused] }).slice(-4)).toEqual([
    '2 requests, 0 on new connections and 0 on reused ones; 1 URL requested more than once',
    '2 requests failed:',
    '  https://demo.example/app.js: answered 404',
    '  https://demo.example/app.js: TypeError',
  ]);
});
