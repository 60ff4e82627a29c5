import { expect, test } from 'vitest';
import { shapeColumns } from '../../../src/export/shapeColumns.ts';
import * as is from '../../../src/protocol/shape.ts';

const names = (shape: is.Shape<unknown>): string[] => Object.keys(shapeColumns(shape));

test('a column has the name of its field in snake case, with the unit', () => {
  const shape = is.record({ compileStart: is.time, clockCost: is.estimate, timeOrigin: is.epoch });
  expect(names(shape)).toEqual(['compile_start_ms', 'clock_cost_ms', 'time_origin_epoch_ms']);
});

test('a name that gives its unit stays as it is', () => {
  expect(names(is.record({ bytes: is.bytes, initialPages: is.pages }))).toEqual([
    'bytes',
    'initial_pages',
  ]);
});

test('a size is a number of bytes', () => {
  expect(names(is.record({ size: is.bytes, transferSize: is.nullable(is.bytes) }))).toEqual([
    'bytes',
    'transfer_bytes',
  ]);
});

test('the fields of an object in a row are columns of their own', () => {
  const columns = shapeColumns(is.record({ stream: is.nullable(is.record({ end: is.text })) }));
  expect(columns.stream_end?.({ stream: { end: 'open' } })).toBe('open');
});

test('the columns of an object that is null are empty', () => {
  const columns = shapeColumns(is.record({ stream: is.nullable(is.record({ end: is.text })) }));
  expect(columns.stream_end?.({ stream: null })).toBeNull();
});

test('texts of a list are in one cell', () => {
  const columns = shapeColumns(is.record({ features: is.list(is.text, 9) }));
  expect(columns.features?.({ features: ['simd', 'threads'] })).toBe('simd; threads');
});

test('ids, rows of rows and optional fields have no column', () => {
  const rows = is.list(is.record({ size: is.bytes }), 9);
  const shape = is.record({ id: is.idOf('module'), sections: rows }, { label: is.text });
  expect(names(shape)).toEqual([]);
});
