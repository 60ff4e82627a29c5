import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { ConfigError, readConfig } from '../../../src/budgets/config.ts';
import { SUBJECTS, subjectOf } from '../../../src/budgets/subject.ts';
import { readQuantity } from '../../../src/text/readQuantity.ts';
import { moduleRow, segmentsOf, sessionFrom } from '../sessionBuilder.ts';
import { run } from './runs.ts';

const budget = (key: string, limit: unknown) =>
  readConfig({ budgets: { 'module size': null, [key]: limit } }).budgets[0];

test('module size has a budget of 5 MB that can be changed or switched off', () => {
  expect(readConfig({}).budgets.map(({ subject, max }) => [subject.key, max])).toEqual([
    ['module size', 5e6],
  ]);
  expect(readConfig({ budgets: { 'module size': '900 kB' } }).budgets[0]?.max).toBe(9e5);
  expect(readConfig({ budgets: { 'module size': null } }).budgets).toEqual([]);
});

test('a bare limit is the most of what costs, and the least of a speed-up', () => {
  expect(budget('load time', '1.5 s')).toMatchObject({ max: 1500, min: null });
  expect(budget('speed-up of parse over parse-js', 2)).toMatchObject({ max: null, min: 2 });
});

test('an increase is a share of the baseline, or an amount', () => {
  expect(budget('memory peak', { increase: '5 %' })).toMatchObject({
    max: null,
    increase: { share: 0.05 },
  });
  expect(budget('memory peak', { max: '64 MB', increase: '64 KiB' })).toMatchObject({
    max: 64e6,
    increase: { amount: 65536 },
  });
});

test.each([
  [
    { budget: {} },
    'budget: is not known (did you mean "budgets"?); budgets and baseline are expected.',
  ],
  [{ budgets: [] }, 'budgets: is []; an object is expected.'],
  [
    { budgets: { 'modul size': 1 } },
    'budgets["modul size"]: is not known (did you mean "module size"?)',
  ],
  [
    { budgets: { 'module size': '5 ms' } },
    'budgets["module size"]: is "5 ms"; a size such as "5 MB" is expected.',
  ],
  [
    { budgets: { crossings: { most: 5 } } },
    'budgets["crossings"].most: is not known; max, min or increase is expected.',
  ],
  [
    { budgets: { crossings: { max: '5 ms' } } },
    'budgets["crossings"].max: is "5 ms"; a number such as 40 is expected.',
  ],
  [{ budgets: { crossings: 7.5 } }, 'budgets["crossings"]: is 7.5; a whole number is expected.'],
  [{ budgets: { 'latency p101': '5 ms' } }, 'budgets["latency p101"]: is not known'],
  [
    { budgets: { 'load time': { min: '9 ms', max: '5 ms' } } },
    'budgets["load time"]: has a min above its max',
  ],
  [
    { budgets: { 'load time': { increase: 'a bit' } } },
    'budgets["load time"].increase: is "a bit"; a share such as "5 %" or a time such as "800 ms" is expected.',
  ],
  [{ baseline: 5 }, 'baseline: is 5; a session file, a folder, or a list of them is expected.'],
  [null, 'the configuration: is null; an object is expected.'],
])('%j is refused by its key', (config, message) => {
  expect(() => readConfig(config)).toThrow(message);
});

test('whatever the file holds, it is read or refused with the key', () => {
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

test('every subject that messages list can be asked for', () => {
  for (const words of SUBJECTS)
    expect(subjectOf(words.replace('NUMBER', '95'))?.key, words).toBe(
      words.replace('NUMBER', '95'),
    );
});

test.each([
  ['5 MB', 'bytes', 5e6],
  ['2 MiB', 'bytes', 2 ** 21],
  ['3 pages', 'bytes', 196608],
  ['800 ms', 'ms', 800],
  ['2.5 s', 'ms', 2500],
  [40, 'count', 40],
  ['2×', 'factor', 2],
  ['5', 'bytes', null],
  ['-1 s', 'ms', null],
  [Number.NaN, 'count', null],
  [-1, 'count', null],
] as const)('%s as %s is %s', (given, unit, value) => {
  expect(readQuantity(given, unit)).toBe(value);
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
