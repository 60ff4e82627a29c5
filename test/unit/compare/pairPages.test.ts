import { expect, test } from 'vitest';
import { pairPages } from '../../../src/compare/pairPages.ts';
import type { Session } from '../../../src/session/model.ts';
import { sessionFrom } from '../sessionBuilder.ts';

const sessionsOf = (...pages: string[]): Session[] =>
  pages.map((page) => sessionFrom([], { page }));

test('one page on each side is a pair, even with different addresses', () => {
  const pairs = pairPages(
    sessionsOf('https://a.example/', 'https://a.example/'),
    sessionsOf('https://b.example/'),
  );
  expect(pairs).toMatchObject([
    { page: 'https://a.example/ → https://b.example/', baseline: [{}, {}], candidate: [{}] },
  ]);
});

test('each of several pages is paired with itself', () => {
  const pairs = pairPages(
    sessionsOf('https://a.example/1', 'https://a.example/2'),
    sessionsOf('https://a.example/2', 'https://a.example/1'),
  );
  expect(pairs).toMatchObject([
    { page: 'https://a.example/2', baseline: [{}], candidate: [{}] },
    { page: 'https://a.example/1', baseline: [{}], candidate: [{}] },
  ]);
});

test('a page on one side only has no partner', () => {
  const pairs = pairPages(
    sessionsOf('https://a.example/1', 'https://a.example/2'),
    sessionsOf('https://a.example/2', 'https://a.example/3'),
  );
  expect(pairs).toMatchObject([
    { page: 'https://a.example/2', baseline: [{}], candidate: [{}] },
    { page: 'https://a.example/3', baseline: [], candidate: [{}] },
    { page: 'https://a.example/1', baseline: [{}], candidate: [] },
  ]);
});
