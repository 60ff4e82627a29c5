import { expect, test } from 'vitest';
import { pageOf, pairPages } from '../../../src/analysis/pageOf.ts';
import type { Session } from '../../../src/session/model.ts';
import { sessionFrom } from '../sessionBuilder.ts';

const of = (page: string): Session => sessionFrom([], { page });

test('a page on this machine is the same on another port', () => {
  expect(pageOf(of('http://127.0.0.1:8100/app/'))).toBe(pageOf(of('http://localhost:9999/app/')));
  expect(pageOf(of('https://a.example/app/'))).not.toBe(pageOf(of('https://b.example/app/')));
});

test('one page a side belongs together, whatever its address', () => {
  const [pair] = pairPages(
    [of('https://a.example/'), of('https://a.example/')],
    [of('https://b.example/')],
  );
  expect([pair?.page, pair?.baseline.length, pair?.candidate.length]).toEqual([
    'https://a.example/ → https://b.example/',
    2,
    1,
  ]);
});

test('of several pages each is put beside itself, and what is alone stays alone', () => {
  const pairs = pairPages(
    [of('https://a.example/1'), of('https://a.example/2')],
    [of('https://a.example/2'), of('https://a.example/3')],
  );
  expect(
    pairs.map(({ page, baseline, candidate }) => [page.at(-1), baseline.length, candidate.length]),
  ).toEqual([
    ['2', 1, 1],
    ['3', 0, 1],
    ['1', 1, 0],
  ]);
});
