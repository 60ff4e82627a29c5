import { expect, expectTypeOf, test } from 'vitest';
import { choice, flag, number, text, texts } from '../../../src/cli/options.ts';
import { readArguments } from '../../../src/cli/readArguments.ts';

const OPTIONS = {
  out: text({ placeholder: 'FOLDER', description: '' }),
  all: flag({ description: '' }),
  runs: number({ placeholder: 'NUMBER', description: '', default: 1, least: 1, whole: true }),
  duration: number({ placeholder: 'SECONDS', description: '', default: undefined }),
  network: choice({ placeholder: 'NAME', description: 'Slow down', choices: ['3g', '4g'] }),
  flag: texts({ placeholder: 'FLAG', description: '' }),
};
const read = (...args: string[]) => readArguments(args, OPTIONS, true);

test('options that are not given have their defaults', () => {
  expect(read().values).toEqual({
    out: undefined,
    all: false,
    runs: 1,
    duration: undefined,
    network: undefined,
    flag: [],
  });
});

test('values have the types of their options', () => {
  const { values } = read();
  expectTypeOf(values.runs).toEqualTypeOf<number>();
  expectTypeOf(values.duration).toEqualTypeOf<number | undefined>();
  expectTypeOf(values.network).toEqualTypeOf<'3g' | '4g' | undefined>();
});

test('options and positionals may be mixed', () => {
  const { values, positionals } = read(
    'a',
    '--runs',
    '3',
    'b',
    '--all',
    '--flag=-x',
    '--flag',
    '-y',
  );
  expect(values).toMatchObject({ runs: 3, all: true, flag: ['-x', '-y'] });
  expect(positionals).toEqual(['a', 'b']);
});

test('two dashes separate the candidate; options count on either side', () => {
  const { values, positionals, candidates } = read('a', '--', 'b', 'c', '--all');
  expect(positionals).toEqual(['a']);
  expect(candidates).toEqual(['b', 'c']);
  expect(values.all).toBe(true);
});

test('two dashes separate nothing where there is one side', () => {
  const { positionals, candidates } = readArguments(['a', '--', '--b'], OPTIONS, false);
  expect(positionals).toEqual(['a', '--b']);
  expect(candidates).toBeNull();
});

test.each([
  [['--runz', '2'], 'There is no option --runz (did you mean "--runs"?).'],
  [['-x'], 'There is no option -x.'],
  [['--runs', 'many'], '--runs must be a whole number of at least 1, but is “many”.'],
  [['--runs', '1.5'], '--runs must be a whole number of at least 1, but is “1.5”.'],
  [['--runs', ''], '--runs must be a whole number of at least 1, but is “”.'],
  [['--duration', '-1'], '--duration must be a number of at least 0, but is “-1”.'],
  [['--duration=-1'], '--duration must be a number of at least 0, but is “-1”.'],
  [['--network', '6g'], '--network must be one of 3g, 4g, but is “6g”.'],
  [['--out'], '--out needs a value. Write it as --out FOLDER.'],
  [['--out', '--all'], '--out needs a value. Write it as --out FOLDER.'],
  [['--all=yes'], '--all takes no value. Write it as --all.'],
])('%j is refused', (args, message) => {
  expect(() => read(...args)).toThrow(message);
});
