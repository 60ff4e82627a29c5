import { expect, test } from 'vitest';
import { requestEnd } from '../../../src/analysis/requestEnd.ts';
import { requestPhases } from '../../../src/analysis/requestPhases.ts';
import { requestOf } from './requestsOf.ts';
import { spans } from './spans.ts';

test('a request on a new connection has all phases', () => {
  const request = requestOf({
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
  });
  expect(spans(requestPhases(request))).toEqual([
    'redirect 0–5',
    'queued 5–8',
    'DNS 8–10',
    'connect 10–14',
    'TLS 14–20',
    'wait 20–50',
    'download 50–70',
  ]);
});

test('on an open connection a request is queued until it is sent', () => {
  const request = requestOf({
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
  });
  expect(spans(requestPhases(request))).toEqual(['queued 5–25', 'wait 25–50', 'download 50–70']);
});

const STREAM = {
  firstChunk: 40,
  lastChunk: 80,
  chunks: 3,
  bytes: 10,
  largestGap: 1,
  medianGap: 1,
  end: 'complete' as const,
};
const OPAQUE = { startTime: 5, responseUsed: 30, stream: STREAM };

test('a request without timing has the phases that its promise and its stream show', () => {
  expect(spans(requestPhases(requestOf(OPAQUE)))).toEqual(['queued 5–30', 'download 30–80']);
});

test('a request without timing ends with the last chunk of its stream', () => {
  expect(requestEnd(requestOf(OPAQUE))).toBe(80);
});
