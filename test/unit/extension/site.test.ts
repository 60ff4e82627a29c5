import { expect, test } from 'vitest';
import { sitePattern, whyNotRecordable } from '../../../src/extension/site.ts';

test.each([
  'https://example.org/a?b#c',
  'http://localhost:8080/',
  'file:///home/me/page.html',
])('%s may be recorded', (url) => {
  expect(whyNotRecordable(url)).toBeNull();
});

test.each([
  'chrome://version/',
  'about:addons',
  'view-source:https://example.org/',
  'moz-extension://abc/panel.html',
])('%s may not, and is told so', (url) => {
  expect(whyNotRecordable(url)).toContain(`not run on ${new URL(url).protocol} pages`);
});

test.each([
  'https://chromewebstore.google.com/',
  'https://chrome.google.com/webstore/detail/x',
  'https://addons.mozilla.org/',
])('%s is a store', (url) => {
  expect(whyNotRecordable(url)).toContain('not let extensions run on');
});

test('a site’s pattern has no port, as Firefox allows none', () => {
  expect(sitePattern('http://127.0.0.1:8080/page?x')).toBe('http://127.0.0.1/*');
  expect(sitePattern('file:///home/me/page.html')).toBe('file:///*');
});
