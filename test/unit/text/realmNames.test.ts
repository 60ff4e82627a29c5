import { expect, test } from 'vitest';
import { realmNames } from '../../../src/text/realmNames.ts';
import { session, worker } from '../analysis/threeRealms.ts';
import { segmentsOf, sessionFrom } from '../sessionBuilder.ts';

test('a realm has its own name, or that of its script', () => {
  expect(realmNames(session)).toEqual(['Page example.org', 'Worker pool.js', 'Worker decoder']);
});

test('realms with the same name are numbered', () => {
  const alike = sessionFrom(['a', 'b'].flatMap((id) => segmentsOf([{ info: worker('') }], id)));
  expect(realmNames(alike)).toEqual(['Worker pool.js 1', 'Worker pool.js 2']);
});
