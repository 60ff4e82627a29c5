import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readChunk, readSegment } from '../../../src/protocol/chunk.ts';
import { readReport } from '../../../src/protocol/command.ts';
import { ProtocolError } from '../../../src/protocol/shape.ts';
import { PROTOCOL_VERSION } from '../../../src/protocol/version.ts';
import { anySegment } from '../../fixtures/anySegment.ts';

const chunk = (change: object = {}): Record<string, unknown> => ({
  protocol: PROTOCOL_VERSION,
  realm: 'a1',
  seq: 0,
  from: 0,
  to: 1000,
  ...change,
});
const read = (change: object): unknown => readChunk(JSON.stringify(chunk(change)));
const step = {
  from: 0,
  to: 1000,
  node: [1],
  calls: [2],
  certainCalls: [1],
  certainTime: [0.5],
  sampledCalls: [1],
  weight: [1],
  weightSquared: [1],
  weightedTime: [-1e-5],
  weightSquaredTime: [-1e-5],
  weightedTimeSquared: [1e-10],
};

test('every chunk that an agent can make passes unchanged', () => {
  fc.assert(
    fc.property(anySegment, (segment) => {
      const made = { protocol: PROTOCOL_VERSION, ...segment };
      expect(readChunk(JSON.stringify(made))).toEqual(made);
    }),
  );
});

test('made-up JSON is refused', () => {
  fc.assert(
    fc.property(fc.json(), (text) => {
      expect(() => readChunk(text)).toThrow(ProtocolError);
    }),
  );
});

test('a value of another type is refused wherever it is in a chunk', () => {
  const forged = fc.constantFrom<unknown>({}, [[]], 'x\u0000', true, -1.5, Infinity, null, {
    length: 3,
  });
  fc.assert(
    fc.property(anySegment, fc.nat(), forged, (segment, place, value) => {
      const spoilt = JSON.stringify(
        replaced({ protocol: PROTOCOL_VERSION, ...segment }, place, value),
      );
      let result: unknown;
      try {
        result = readChunk(spoilt);
      } catch (error) {
        expect(error).toBeInstanceOf(ProtocolError);
        return;
      }
      // It was of a type that may stand there: then reading again changes nothing.
      expect(readChunk(JSON.stringify(result))).toEqual(result);
    }),
    { numRuns: 500 },
  );
});

/** A copy with its nth value, counted through all depths, replaced. */
function replaced(value: unknown, place: number, by: unknown): unknown {
  const leaves: [Record<string, unknown>, string][] = [];
  const copy = structuredClone(value);
  const walk = (part: unknown): void => {
    if (typeof part !== 'object' || part === null) return;
    for (const key of Object.keys(part)) {
      leaves.push([part as Record<string, unknown>, key]);
      walk((part as Record<string, unknown>)[key]);
    }
  };
  walk(copy);
  const [holder, key] = leaves[place % leaves.length] as [Record<string, unknown>, string];
  holder[key] = by;
  return copy;
}

test.each<[string, object]>([
  ['a realm that is no id', { realm: '../x' }],
  ['a negative number', { seq: -1 }],
  ['a fraction for a count', { seq: 0.5 }],
  ['a number too large', { seq: 2 ** 60 }],
  ['null for a time', { from: null }],
  ['a text for a time', { to: '1000' }],
  ['an object for a list', { modules: { length: 1 } }],
  ['a list for a row', { spans: [[]] }],
  [
    'a kind that is none',
    { spans: [{ kind: 'toString', name: '', start: 0, duration: 0, value: null, detail: '' }] },
  ],
  ['a missing field', { growths: [{ memory: 0, time: 1, fromPages: 1, toPages: 2, node: null }] }],
  ['columns of two lengths', { crossings: [{ ...step, weightedTime: [] }] }],
  ['a missing column', { nodes: { first: 1, parent: [0] } }],
  ['a column that is a text', { crossings: [{ ...step, calls: '2' }] }],
  ['a hole in a column', { crossings: [{ ...step, calls: [null] }] }],
  ['a negative square', { crossings: [{ ...step, weightedTimeSquared: [-1] }] }],
  ['a node among its own ancestors', { nodes: { first: 1, parent: [0, 2], function: [0, 0] } }],
  ['an end that is none', { end: 'now' }],
])('%s is refused', (_, change) => {
  expect(() => read(change)).toThrow(ProtocolError);
});

test('sums of durations may be a little below zero, because the clock’s cost is subtracted', () => {
  expect(read({ crossings: [step] })).toMatchObject({ crossings: [step] });
});

test('the message names the field', () => {
  expect(() => read({ crossings: [{ ...step, sampledCalls: [0.5] }] })).toThrow(
    'chunk.crossings[0].sampledCalls',
  );
  expect(() => read({ memories: [{}] })).toThrow('chunk.memories[0].id');
});

test('a chunk of another protocol says that the page must be reloaded', () => {
  expect(() => read({ protocol: PROTOCOL_VERSION + 1 })).toThrow(/reload the page/);
});

test.each(['', 'null', '[]', '"x"', '{', '{"protocol":1}', 'NaN'])('%j is no chunk', (text) => {
  expect(() => readChunk(text)).toThrow(ProtocolError);
});

test('fields that the protocol does not have are dropped, and so is a forged prototype', () => {
  const text = JSON.stringify(chunk({ extra: 1 })).replace(
    '{',
    '{"__proto__":{"end":"stop","polluted":1},"constructor":{"prototype":{}},',
  );
  const result = readChunk(text);
  expect(Object.keys(result).sort()).toEqual(['from', 'protocol', 'realm', 'seq', 'to']);
  expect(result.end).toBeUndefined();
  expect(({} as { polluted?: number }).polluted).toBeUndefined();
});

test('required fields are not taken from a prototype', () => {
  const text = JSON.stringify({ protocol: PROTOCOL_VERSION, seq: 0, from: 0, to: 1 }).replace(
    '{',
    '{"__proto__":{"realm":"a1"},',
  );
  expect(() => readChunk(text)).toThrow('chunk.realm');
});

test('text of more than 8192 characters is cut', () => {
  const result = read({ unmeasured: [{ what: 'x'.repeat(1e6), reason: '', count: 1 }] }) as {
    unmeasured: { what: string }[];
  };
  expect(result.unmeasured[0]?.what).toHaveLength(8192);
});

test('more rows than any real chunk has are refused', () => {
  const dropped = Array.from({ length: 1001 }, () => ({ what: 'nodes', count: 1 }));
  expect(() => read({ dropped })).toThrow('chunk.dropped must be a list of at most 1000 rows');
});

test('a chunk of over 48 MB is refused before it is parsed', () => {
  expect(() => readChunk(' '.repeat(48 * 2 ** 20 + 1))).toThrow('longer than 48 MB');
});

test('a segment of a file is checked in the same way', () => {
  expect(readSegment({ realm: 'a1', seq: 0, from: 0, to: 1, protocol: 1 })).toEqual({
    realm: 'a1',
    seq: 0,
    from: 0,
    to: 1,
  });
  expect(() => readSegment(null)).toThrow(ProtocolError);
});

test('what an agent says to its bridge is a chunk’s text and nothing else', () => {
  expect(readReport('{"type":"chunk","chunk":"{}","session":"x"}')).toEqual({
    type: 'chunk',
    chunk: '{}',
  });
  expect(() => readReport('{"type":"stop"}')).toThrow(ProtocolError);
  expect(() => readReport('{"type":"chunk","chunk":{}}')).toThrow(ProtocolError);
});
