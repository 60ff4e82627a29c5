import { expect, test } from 'vitest';
import type { ConfigProblem } from '../../../src/budgets/configError.ts';
import { ConfigError } from '../../../src/budgets/configError.ts';
import { configErrorText } from '../../../src/text/configErrorText.ts';

const textOf = (problem: ConfigProblem): string =>
  configErrorText(new ConfigError('budgets["load time"]', problem));

test.each<[ConfigProblem, string]>([
  [
    { code: 'unknown setting', name: 'budget', expected: ['budgets', 'baseline'] },
    'is unknown (did you mean "budgets"?). Expected budgets or baseline.',
  ],
  [
    { code: 'unknown limit', name: 'most', expected: ['max', 'min', 'increase'] },
    'is unknown. Expected max, min or increase.',
  ],
  [
    { code: 'unknown subject', name: 'modul size', expected: ['module size', 'load time'] },
    'is unknown (did you mean "module size"?). Budgets can limit module size, load time.',
  ],
  [{ code: 'not an object', value: [] }, 'is []. Expected an object.'],
  [{ code: 'not paths', value: 5 }, 'is 5. Expected a session file, a folder, or a list of them.'],
  [
    { code: 'not a quantity', value: 'fast', unit: 'ms' },
    'is "fast". Expected a time such as "800 ms".',
  ],
  [{ code: 'not a whole number', value: 7.5 }, 'is 7.5. Expected a whole number.'],
  [
    { code: 'not an increase', value: 'a bit', unit: 'ms' },
    'is "a bit". Expected a share such as "5 %" or a time such as "800 ms".',
  ],
  [{ code: 'no limit' }, 'is empty. Expected max, min or increase.'],
  [{ code: 'min above max' }, 'has a min above its max, so nothing can meet both.'],
])('%j reads: %s', (problem, text) => {
  expect(textOf(problem)).toBe(`budgets["load time"] ${text}`);
});

test('an unknown subject gets a suggestion that begins alike', () => {
  expect(
    textOf({
      code: 'unknown subject',
      name: 'module weight',
      expected: ['crossings', 'module size'],
    }),
  ).toContain('(did you mean "module size"?)');
});
