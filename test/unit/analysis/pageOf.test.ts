import { expect, test } from 'vitest';
import { pageOf } from '../../../src/analysis/pageOf.ts';
import type { Session } from '../../../src/session/model.ts';
import { sessionFrom } from '../sessionBuilder.ts';

const sessionOf = (page: string): Session => sessionFrom([], { page });

test('a page on this machine is the same on another port', () => {
  const page = pageOf(sessionOf('http://127.0.0.1:8100/app/'));
  expect(pageOf(sessionOf('http://localhost:9999/app/'))).toBe(page);
});

test('one path on two hosts is two pages', () => {
  const page = pageOf(sessionOf('https://a.example/app/'));
  expect(pageOf(sessionOf('https://b.example/app/'))).not.toBe(page);
});
