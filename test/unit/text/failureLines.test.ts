import { expect, test } from 'vitest';
import { failureLines } from '../../../src/text/failureLines.ts';
import { requestOf } from '../analysis/requestsOf.ts';

const failed = requestOf({ url: 'https://a.example/app.js', status: 404 });

test('without failed requests there is no line', () => {
  expect(failureLines([])).toEqual([]);
});

test('a failed request has its status', () => {
  expect(failureLines([failed])).toEqual([
    '1 request failed:',
    '  https://a.example/app.js: answered 404',
  ]);
});

test('more than three failed requests are counted', () => {
  expect(failureLines([failed, failed, failed, failed, failed]).at(-1)).toBe('  and 2 more');
});
