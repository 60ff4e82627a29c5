import { expect, test } from 'vitest';
import { segmentShape } from '../../../src/protocol/chunk.ts';
import * as rows from '../../../src/protocol/rows.ts';
import * as is from '../../../src/protocol/shape.ts';

test('a time is moved, a duration is not', () => {
  const shape = is.record({ start: is.time, length: is.duration });
  expect(shape.shift({ start: 5, length: 7 }, 100)).toEqual({ start: 105, length: 7 });
});

test('a time that is null stays null', () => {
  expect(is.nullable(is.time).shift(null, 100)).toBeNull();
});

test('the times of a row within a row are moved', () => {
  const stream = { ...rows.streamFigures.empty(), firstChunk: 1, lastChunk: 2, largestGap: 3 };
  const request = { ...rows.requestRow.empty(), stream };
  expect(rows.requestRow.shift(request, 100).stream).toEqual({
    ...stream,
    firstChunk: 101,
    lastChunk: 102,
  });
});

test('a column of times is moved, the columns beside it are not', () => {
  const points = { name: 'jsHeap' as const, time: [1, 2], value: [3, 4] };
  expect(rows.seriesColumns.shift(points, 100)).toEqual({ ...points, time: [101, 102] });
});

test('a row without times is not copied', () => {
  const row = rows.functionRow.empty();
  expect(rows.functionRow.shift(row, 100)).toBe(row);
});

test('moving leaves the original as it was', () => {
  const row = { ...rows.spanRow.empty(), start: 5 };
  rows.spanRow.shift(row, 100);
  expect(row.start).toBe(5);
});

test('a missing optional field stays missing', () => {
  expect(rows.moduleRow.shift(rows.moduleRow.empty(), 100)).not.toHaveProperty('origin');
});

test.each([
  ['module', rows.moduleRow],
  ['memory', rows.memoryRow],
  ['request', rows.requestRow],
  ['function', rows.functionRow],
])('the empty %s is valid', (_, shape: is.Shape<unknown>) => {
  expect(shape.read(shape.empty(), 'row')).toEqual(shape.empty());
});

test('of an empty row nothing optional is known', () => {
  const { realm, seq, from, to, ...tables } = segmentShape.empty();
  expect(tables).toEqual({});
});

test('a row picks its own fields out of a larger one', () => {
  const shape = is.record({ bytes: is.bytes });
  const larger = { bytes: 5, name: 'a' };
  expect(shape.pick(larger)).toEqual({ bytes: 5 });
});
