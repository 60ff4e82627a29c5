import { expect, test } from 'vitest';
import { loadPhases } from '../../../src/analysis/loadPhases.ts';
import { moduleOf } from './moduleOf.ts';
import { spans } from './spans.ts';

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

test('a module that the page passed as bytes is compiled from then on', () => {
  const phases = loadPhases(moduleOf({ ...LOADED, streamed: false, compileStart: 95 }));
  expect(spans(phases)).toContain('compile 95–100');
});

test('phases that were not observed are left out', () => {
  expect(loadPhases(moduleOf({}))).toEqual([]);
});

test('a phase that another realm’s clock reversed is left out', () => {
  const phases = loadPhases(
    moduleOf({ compileStart: 20, compileEnd: 10, instantiateStart: 30, instantiateEnd: 40 }),
  );
  expect(spans(phases)).toEqual(['instantiate 30–40']);
});
