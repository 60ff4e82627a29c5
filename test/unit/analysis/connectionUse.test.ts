import { expect, test } from 'vitest';
import { connectionUse } from '../../../src/analysis/connectionUse.ts';
import { sessionOf } from './requestsOf.ts';

test('connections are counted as opened, reused or unknown', () => {
  const session = sessionOf(
    { connectionReused: true },
    { connectionReused: true },
    { connectionReused: false },
    {},
  );
  expect(connectionUse(session)).toEqual({ opened: 1, reused: 2, unknown: 1 });
});

test('a request that the cache answered used no connection', () => {
  const session = sessionOf({ cache: 'cache', connectionReused: true });
  expect(connectionUse(session)).toEqual({ opened: 0, reused: 0, unknown: 0 });
});
