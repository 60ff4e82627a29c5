import { expect, test } from 'vitest';
import { failedRequests } from '../../../src/analysis/failedRequests.ts';
import { pageRequests } from '../../../src/analysis/pageRequests.ts';
import { sessionOf } from './requestsOf.ts';

const ICON = { url: 'https://a.example/favicon.ico', initiator: 'other', status: 404 };

test('the icon that the browser requests is not a request of the page', () => {
  expect(pageRequests(sessionOf(ICON))).toEqual([]);
});

test('an icon that the page requests, or that has another path, is a request of the page', () => {
  const session = sessionOf(
    { ...ICON, initiator: 'fetch' },
    { ...ICON, url: 'https://a.example/x/favicon.ico' },
  );
  expect(pageRequests(session)).toEqual(session.requests);
});

test('the browser’s icon does not count as failed', () => {
  expect(failedRequests(sessionOf(ICON, { ...ICON, initiator: 'fetch' }))).toHaveLength(1);
});
