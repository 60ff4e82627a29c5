import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { readConfig } from '../../../src/budgets/config.ts';
import { ConfigError } from '../../../src/budgets/configError.ts';
import { SUBJECTS, subjectOf } from '../../../src/budgets/subject.ts';
import { moduleRow, segmentsOf, sessionFrom } from '../sessionBuilder.ts';
import { run } from './runs.ts';

const budget = (key: string, limit: unknown) =>
  readConfig({ budgets: { 'module size': null, [key]: limit } }).budgets[0];

test('by default, a module may have at most 5 MB', () => {
  expect(readConfig({}).budgets).toMatchObject([{ subject: { key: 'module size' }, max: 5e6 }]);
});

test('a configuration can change the default budget', () => {
  const { budgets } = readConfig({ budgets: { 'module size': '900 kB' } });
  expect(budgets).toMatchObject([{ subject: { key: 'module size' }, max: 9e5 }]);
});

test('null switches a default budget off', () => {
  expect(readConfig({ budgets: { 'module size': null } }).budgets).toEqual([]);
});

test('a bare limit is a maximum where less is better', () => {
  expect(budget('load time', '1.5 s')).toMatchObject({ max: 1500, min: null });
});

test('a bare limit is a minimum where more is better', () => {
  expect(budget('speed-up of parse over parse-js', 2)).toMatchObject({ max: null, min: 2 });
});

test('an increase in percent is a share of the baseline', () => {
  expect(budget('memory peak', { increase: '5 %' })).toMatchObject({
    max: null,
    increase: { share: 0.05 },
  });
});

test('an increase in the unit of the figure is an amount', () => {
  expect(budget('memory peak', { max: '64 MB', increase: '64 KiB' })).toMatchObject({
    max: 64e6,
    increase: { amount: 65_536 },
  });
});

test.each([
  [{ budget: {} }, 'budget', 'unknown setting'],
  [{ budgets: [] }, 'budgets', 'not an object'],
  [{ budgets: { 'modul size': 1 } }, 'budgets["modul size"]', 'unknown subject'],
  [{ budgets: { 'latency p101': '5 ms' } }, 'budgets["latency p101"]', 'unknown subject'],
  [{ budgets: { 'module size': '5 ms' } }, 'budgets["module size"]', 'not a quantity'],
  [{ budgets: { crossings: { most: 5 } } }, 'budgets["crossings"].most', 'unknown limit'],
  [{ budgets: { crossings: { max: '5 ms' } } }, 'budgets["crossings"].max', 'not a quantity'],
  [{ budgets: { crossings: 7.5 } }, 'budgets["crossings"]', 'not a whole number'],
  [{ budgets: { crossings: {} } }, 'budgets["crossings"]', 'no limit'],
  [
    { budgets: { 'load time': { min: '9 ms', max: '5 ms' } } },
    'budgets["load time"]',
    'min above max',
  ],
  [
    { budgets: { 'load time': { increase: 'a bit' } } },
    'budgets["load time"].increase',
    'not an increase',
  ],
  [{ baseline: 5 }, 'baseline', 'not paths'],
  [null, 'the configuration', 'not an object'],
])('%j is refused: %s, %s', (config, path, code) => {
  expect(() => readConfig(config)).toThrow(
    expect.objectContaining({ path, problem: expect.objectContaining({ code }) }),
  );
});

test('any JSON is either read or refused with a ConfigError', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      try {
        readConfig({ budgets: value });
      } catch (error) {
        expect(error).toBeInstanceOf(ConfigError);
      }
    }),
  );
});

test('every listed subject can have a budget', () => {
  for (const words of SUBJECTS)
    expect(subjectOf(words.replace('NUMBER', '95'))?.key, words).toBe(
      words.replace('NUMBER', '95'),
    );
});

describe('a metric that a budget names by its id', () => {
  it('has the unit of the metric', () => {
    expect(budget('crossings/a.wasm/step/self', '5 ms')).toMatchObject({
      max: 5,
      subject: { unit: 'ms', kind: 'timed', depends: 'times', worse: 'more' },
    });
  });

  it('is better when higher where the metric is', () => {
    expect(budget('page/framesPerSecond/p50', 30)).toMatchObject({ max: null, min: 30 });
  });

  it('has the figure of the metric', () => {
    const subject = subjectOf('crossings/parser.wasm/env.read/calls');
    expect(subject?.figureOf(run({ calls: 7 }))).toBe(7);
  });
});

test.each([
  'module size of app-3f9a12bc.wasm',
  'module size of app.wasm',
  'module size of app*',
])('%s finds a module by its name with or without the hash', (key) => {
  const module = moduleRow({ name: 'app-3f9a12bc.wasm', bytes: 70 });
  expect(subjectOf(key)?.figureOf(sessionFrom(segmentsOf([{ modules: [module] }])))).toBe(70);
});
