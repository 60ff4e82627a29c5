import { expect, test } from 'vitest';
import { duplicateRequests } from '../../../src/analysis/duplicateRequests.ts';
import { sessionOf } from './requestsOf.ts';

const url = 'https://example.org/big.bin';

test('GET requests of one URL are duplicates, with the bytes of all but the first', () => {
  const session = sessionOf(
    { url, startTime: 9, transferSize: 1000 },
    { url, startTime: 3, transferSize: 1000 },
    { url, startTime: 5, transferSize: 300 },
  );
  expect(duplicateRequests(session)).toEqual([
    { method: 'GET', url, requests: [1, 2, 0], bytes: 1300 },
  ]);
});

test('other methods and single requests are no duplicates', () => {
  const session = sessionOf({ url }, { url, method: 'POST' }, { url: 'https://example.org/once' });
  expect(duplicateRequests(session)).toEqual([]);
});

test('the bytes of duplicates are unknown if the page cannot see one size', () => {
  const hidden = 'https://other.org/hidden.bin';
  const session = sessionOf({ url: hidden, startTime: 1 }, { url: hidden, startTime: 2 });
  expect(duplicateRequests(session)).toMatchObject([{ url: hidden, bytes: null }]);
});

test('duplicates with the most bytes come first', () => {
  const other = 'https://example.org/small.bin';
  const session = sessionOf(
    { url: other, transferSize: 5 },
    { url: other, transferSize: 5 },
    { url, transferSize: 9 },
    { url, transferSize: 9 },
  );
  expect(duplicateRequests(session).map((group) => group.url)).toEqual([url, other]);
});
