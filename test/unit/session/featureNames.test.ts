import { expect, test } from 'vitest';
import { featureNames } from '../../../src/session/featureNames.ts';

test('proposals have their standard names, each once, whoever named them', () => {
  expect(featureNames(['threads', 'simd128', 'atomics', 'bulk-memory', 'constructor'])).toEqual([
    'bulk-memory',
    'constructor',
    'simd',
    'threads',
  ]);
});
