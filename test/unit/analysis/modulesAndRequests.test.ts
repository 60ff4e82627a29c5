import { expect, test } from 'vitest';
import { connectionUse } from '../../../src/analysis/connectionUse.ts';
import { duplicateRequests } from '../../../src/analysis/duplicateRequests.ts';
import { failedRequests } from '../../../src/analysis/failedRequests.ts';
import { loadBadges } from '../../../src/analysis/loadBadges.ts';
import { loadPhases } from '../../../src/analysis/loadPhases.ts';
import { pageRequests } from '../../../src/analysis/pageRequests.ts';
import { requestEnd } from '../../../src/analysis/requestEnd.ts';
import { requestPhases } from '../../../src/analysis/requestPhases.ts';
import type { ModuleRow, RequestRow } from '../../../src/protocol/rows.ts';
import type { Module, Request } from '../../../src/session/model.ts';
import { moduleRow, requestRow, segmentsOf, sessionFrom } from '../sessionBuilder.ts';

const moduleOf = (change: Partial<ModuleRow>): Module =>
  sessionFrom(segmentsOf([{ modules: [moduleRow(change)] }])).modules[0] as Module;
const sessionOf = (...rows: Partial<RequestRow>[]) =>
  sessionFrom(segmentsOf([{ requests: rows.map((row, id) => requestRow({ id, ...row })) }]));
const requestOf = (change: Partial<RequestRow>): Request =>
  sessionOf(change).requests[0] as Request;
const spans = (phases: { name: string; from: number; to: number }[]) =>
  phases.map(({ name, from, to }) => `${name} ${from}–${to}`);
const badges = (change: Partial<ModuleRow>) => loadBadges(moduleOf(change)).map(({ text }) => text);

test('how a few bytes of glue were loaded is no warning', () => {
  const glue = {
    method: 'new Module' as const,
    streamed: false,
    notStreamed: 'bytes given' as const,
    onMainThread: true,
  };
  const tones = (bytes: number) => loadBadges(moduleOf({ ...glue, bytes })).map(({ tone }) => tone);
  expect(tones(36)).toEqual(['neutral', 'neutral']);
  expect(tones(40_000)).toEqual(['warning', 'warning']);
});

const LOADED = {
  requestStart: 10,
  responseStart: 30,
  responseEnd: 90,
  compileStart: 5,
  compileEnd: 100,
  instantiateStart: 101,
  instantiateEnd: 110,
  firstCall: 140,
};

test('a streamed module is compiled from its first byte on', () => {
  expect(spans(loadPhases(moduleOf(LOADED)))).toEqual([
    'request 10–30',
    'download 30–90',
    'compile 30–100',
    'instantiate 101–110',
    'until first call 110–140',
  ]);
});

test('a module given as bytes is compiled from when it was given', () => {
  expect(spans(loadPhases(moduleOf({ ...LOADED, streamed: false, compileStart: 95 })))).toContain(
    'compile 95–100',
  );
});

test('phases that are not known, or that a clock of another realm turned round, are left out', () => {
  expect(loadPhases(moduleOf({}))).toEqual([]);
  expect(
    spans(
      loadPhases(
        moduleOf({ compileStart: 20, compileEnd: 10, instantiateStart: 30, instantiateEnd: 40 }),
      ),
    ),
  ).toEqual(['instantiate 30–40']);
});

test('badges tell how a module was loaded and what that cost', () => {
  expect(badges({})).toEqual(['streamed']);
  expect(
    badges({
      streamed: false,
      notStreamed: 'wrong MIME type',
      error: 'Incorrect response MIME type',
    }),
  ).toEqual(['failed', 'not streamed: wrong MIME type']);
  expect(
    badges({
      streamed: false,
      notStreamed: 'bytes given',
      method: 'new Module',
      onMainThread: true,
    }),
  ).toEqual(['not streamed: bytes given', 'compiled on the main thread']);
  expect(
    badges({ streamed: false, notStreamed: 'bytes given', method: 'compile', onMainThread: true }),
  ).toEqual(['not streamed: bytes given']);
  expect(badges({ bytes: 5_000_001, wireBytes: 0 })).toEqual([
    'streamed',
    'over 5 MB',
    'probably cached',
  ]);
  expect(badges({ bytes: 5_000_000, wireBytes: null })).toEqual(['streamed']);
  expect(badges({ streamed: false, method: 'received' })).toEqual(['not measured']);
});

test('a request on a new connection has all its phases', () => {
  expect(
    spans(
      requestPhases(
        requestOf({
          startTime: 0,
          redirectStart: 0,
          redirectEnd: 5,
          fetchStart: 5,
          domainLookupStart: 8,
          domainLookupEnd: 10,
          connectStart: 10,
          secureConnectionStart: 14,
          connectEnd: 20,
          requestStart: 20,
          responseStart: 50,
          responseEnd: 70,
          connectionReused: false,
        }),
      ),
    ),
  ).toEqual([
    'redirect 0–5',
    'queued 5–8',
    'DNS 8–10',
    'connect 10–14',
    'TLS 14–20',
    'wait 20–50',
    'download 50–70',
  ]);
});

test('on an open connection all until the request was sent is waiting in the queue', () => {
  expect(
    spans(
      requestPhases(
        requestOf({
          startTime: 5,
          fetchStart: 5,
          domainLookupStart: 5,
          domainLookupEnd: 5,
          connectStart: 5,
          secureConnectionStart: 5,
          connectEnd: 5,
          requestStart: 25,
          responseStart: 50,
          responseEnd: 70,
          connectionReused: true,
        }),
      ),
    ),
  ).toEqual(['queued 5–25', 'wait 25–50', 'download 50–70']);
});

test('a request whose timing is hidden still shows what its promise and its stream told', () => {
  const stream = {
    firstChunk: 40,
    lastChunk: 80,
    chunks: 3,
    bytes: 10,
    maxGap: 1,
    medianGap: 1,
    end: 'complete' as const,
  };
  const request = requestOf({ startTime: 5, headersAt: 30, stream });
  expect(spans(requestPhases(request))).toEqual(['queued 5–30', 'download 30–80']);
  expect(requestEnd(request)).toBe(80);
});

test('GET requests of one URL are told as duplicates, with the bytes that all but the first cost', () => {
  const url = 'https://example.org/big.bin';
  const session = sessionOf(
    { url, startTime: 9, transferSize: 1000 },
    { url, startTime: 3, transferSize: 1000 },
    { url, startTime: 5, transferSize: 300 },
    { url, method: 'POST' },
    { url: 'https://example.org/once.bin' },
    { url: 'https://other.org/hidden.bin', startTime: 1 },
    { url: 'https://other.org/hidden.bin', startTime: 2 },
  );
  expect(duplicateRequests(session)).toEqual([
    { method: 'GET', url, requests: [1, 2, 0], bytes: 1300 },
    { method: 'GET', url: 'https://other.org/hidden.bin', requests: [5, 6], bytes: null },
  ]);
});

test('connections are counted as opened, reused or not known; what came from the cache used none', () => {
  const session = sessionOf(
    { connectionReused: true },
    { connectionReused: true },
    { connectionReused: false },
    {},
    { cache: 'cache', connectionReused: true },
  );
  expect(connectionUse(session)).toEqual({ opened: 1, reused: 2, unknown: 1 });
});

test('the icon that the browser looks for by itself is no request of the page’s', () => {
  const icon = { url: 'https://a.example/favicon.ico', initiator: 'other', status: 404 };
  const session = sessionOf(
    icon,
    { ...icon, initiator: 'fetch' },
    { ...icon, url: 'https://a.example/x/favicon.ico' },
  );
  expect(pageRequests(session)).toEqual(session.requests.slice(1));
  expect(failedRequests(session)).toHaveLength(2);
});
