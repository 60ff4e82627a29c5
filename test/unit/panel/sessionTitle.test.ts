import fc from 'fast-check';
import { expect, test } from 'vitest';
import { pagePlace, sessionTitle } from '../../../panel/components/sessionTitle.ts';

test.each([
  ['https://sql.example/', 'sql.example'],
  ['http://127.0.0.1:8100/sqljs/', '127.0.0.1:8100/sqljs'],
  ['https://demo.example/a/b/index.html?q=/x#y/z', 'demo.example/…/index.html'],
  ['file:///home/me/page.html', '/…/page.html'],
  ['', 'Session'],
])('a session of %j without a name is called %j', (page, title) => {
  expect(sessionTitle({ name: '', page })).toBe(title);
});

test('a name comes first', () => {
  expect(sessionTitle({ name: 'After', page: 'https://sql.example/' })).toBe('After');
});

test('any URL has a title, with its host and the end of its path', () => {
  fc.assert(
    fc.property(
      fc.webUrl({ withQueryParameters: true, withFragments: true }).map((url) => new URL(url)),
      (page) => {
        const { host, end } = pagePlace(page.href);
        expect(host).toBe(page.host);
        expect(page.pathname.replace(/\/+$/, '').endsWith(end.replace('/…', ''))).toBe(true);
        expect(end === '').toBe(/^\/*$/.test(page.pathname));
      },
    ),
  );
});
