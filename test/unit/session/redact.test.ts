import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readSegment, segmentShape } from '../../../src/protocol/chunk.ts';
import type { Fields, Shape } from '../../../src/protocol/shape.ts';
import { createFold } from '../../../src/session/fold.ts';
import { sessionInfoShape } from '../../../src/session/info.ts';
import { isRecord } from '../../../src/session/isRecord.ts';
import type { Session, SessionInfo } from '../../../src/session/model.ts';
import { createRedactor } from '../../../src/session/redact.ts';
import type { Segment } from '../../../src/session/segment.ts';
import { anySegment } from '../../fixtures/anySegment.ts';
import { SMALL, syntheticInfo, syntheticSegments } from '../../fixtures/synthetic.ts';

const [sample] = syntheticSegments(SMALL);

const SECRET = 'https://secret.example/SECRET';

/** A copy in which every text that the page or the user chose is a secret. */
function withSecrets<Value>(shape: Shape<Value>, value: Value): Value {
  return shape.read(hidden(shape, value), 'copy');
}

function hidden({ description }: Shape<unknown>, value: unknown): unknown {
  switch (description.kind) {
    case 'text':
      return description.source === 'page' ? `${SECRET}-${String(value)}` : value;
    case 'nullable':
      return value === null ? null : hidden(description.item, value);
    case 'list':
      return Array.isArray(value) ? value.map((item) => hidden(description.item, item)) : value;
    case 'record':
      return hiddenFields({ ...description.required, ...description.optional }, value);
    case 'columns':
      return hiddenFields(description.fields, value);
    default:
      return value;
  }
}

function hiddenFields(fields: Fields, value: unknown): unknown {
  if (!isRecord(value) || isNamedByBrowser(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, part]) => [
      name,
      fields[name] ? hidden(fields[name], part) : part,
    ]),
  );
}

/** Spans whose names the page cannot choose, and sections that toolchains write. */
const isNamedByBrowser = ({ kind }: Record<string, unknown>): boolean =>
  kind === 'vital' || kind === 'visibility' || kind === 'gap';

function folded(info: SessionInfo, segments: readonly Segment[]): Session {
  const fold = createFold(info);
  for (const segment of segments) fold.add(segment);
  return fold.session();
}

test('no address, name or free text of the session is left in the copy', () => {
  fc.assert(
    fc.property(anySegment, (segment) => {
      const secret = withSecrets(segmentShape, segment);
      expect(JSON.stringify(createRedactor('x').segment(secret))).not.toMatch(/secret/i);
    }),
  );
  const info = withSecrets(sessionInfoShape, syntheticInfo({ note: 'mine' }));
  expect(JSON.stringify(createRedactor('x').info(info))).not.toMatch(/secret/i);
});

test('the copy is a session as any other', () => {
  fc.assert(
    fc.property(anySegment, (segment) => {
      const copy = createRedactor('x').segment(segment);
      expect(readSegment(JSON.parse(JSON.stringify(copy)))).toEqual(copy);
    }),
  );
});

test('the original stays as it is', () => {
  const copy = structuredClone(sample);
  createRedactor().segment(sample as Segment);
  expect(sample).toEqual(copy);
});

test('figures, times and what they point to stay', () => {
  const segments = [...syntheticSegments(SMALL)];
  const redactor = createRedactor('x');
  const before = folded(syntheticInfo(), segments);
  const after = folded(redactor.info(syntheticInfo()), segments.map(redactor.segment));
  expect(after.nodes).toEqual(before.nodes);
  expect(after.intervals).toEqual(before.intervals);
  expect(after.series).toEqual(before.series);
  expect(after.growths).toEqual(before.growths);
  expect(
    after.requests.map(({ startTime, responseEnd, transferSize }) => [
      startTime,
      responseEnd,
      transferSize,
    ]),
  ).toEqual(
    before.requests.map(({ startTime, responseEnd, transferSize }) => [
      startTime,
      responseEnd,
      transferSize,
    ]),
  );
  expect(after.modules.map(({ bytes, compileEnd }) => [bytes, compileEnd])).toEqual(
    before.modules.map(({ bytes, compileEnd }) => [bytes, compileEnd]),
  );
  expect(after.spans.filter(({ kind }) => kind === 'vital')).toEqual(
    before.spans.filter(({ kind }) => kind === 'vital'),
  );
});

test('equal addresses stay equal, others stay different, and what came from one host still shows', () => {
  const redactor = createRedactor('x');
  const url = (text: string): string => {
    const request = sample?.requests?.[0];
    if (!request) throw new Error('the synthetic session has no request');
    return redactor.segment({
      realm: 'a',
      seq: 0,
      from: 0,
      to: 1,
      requests: [{ ...request, url: text }],
    }).requests?.[0]?.url as string;
  };
  const urls = [
    'https://a.example/1',
    'https://a.example/2',
    'https://b.example/1',
    'https://a.example/1',
    'not an address',
    '',
  ].map(url);
  expect(urls).toEqual([
    'https://site-1.invalid/1',
    'https://site-1.invalid/2',
    'https://site-2.invalid/3',
    'https://site-1.invalid/1',
    'https://site-3.invalid/4',
    '',
  ]);
});

test('boundary functions keep names that tell them apart', () => {
  const { functions } = createRedactor('x').segment(sample as Segment);
  expect(functions?.slice(0, 3).map(({ name }) => name)).toEqual([
    'export 0',
    'import 1',
    'export 2',
  ]);
});

test('the copy has an id of its own', () => {
  expect(createRedactor().info(syntheticInfo()).id).not.toBe('synthetic');
});
