import fc from 'fast-check';
import { expect, test } from 'vitest';
import { patternCovers, sitePattern } from '../../../src/extension/site.ts';

test.each([
  ['<all_urls>', 'https://example.org/', true],
  ['*://*/*', 'https://example.org/', true],
  ['*://*/*', 'file:///home/me/page.html', false],
  ['http://localhost/*', 'http://localhost:8080/page', true],
  ['http://localhost/*', 'https://localhost/', false],
  ['http://localhost:8080/*', 'http://localhost:8081/', false],
  ['http://[::1]/*', 'http://[::1]:8080/', true],
  ['https://*.example.org/*', 'https://example.org/', true],
  ['https://*.example.org/*', 'https://a.b.example.org/', true],
  ['https://*.example.org/*', 'https://badexample.org/', false],
  ['https://example.org/*', 'https://a.example.org/', false],
  ['no pattern', 'https://example.org/', false],
])('%s and %s: %s', (pattern, url, expected) => {
  expect(patternCovers(pattern, url)).toBe(expected);
});

test('a page’s own pattern covers it', () => {
  fc.assert(
    fc.property(fc.webUrl({ withQueryParameters: true }), (url) =>
      patternCovers(sitePattern(url), url),
    ),
  );
});
