import { expect, test } from 'vitest';
import type { ValidityWarning } from '../../../src/analysis/validity/warningsOf.ts';
import { warningText } from '../../../src/text/warningText.ts';

test.each<[ValidityWarning, RegExp]>([
  [{ code: 'cut short', reason: 'The disk is full.' }, /cut short\. The disk is full\.$/],
  [{ code: 'cut short', reason: '' }, /ended without Stop/],
  [{ code: 'no wasm', mode: 'attach' }, /record with a reload/],
  [{ code: 'no wasm', mode: 'reload' }, /Is it the right page/],
  [
    { code: 'baseline tier', partly: false, slowdown: 5.9, devtools: true },
    /tier: times are about 6 times too long, which open DevTools cause.*record again\.$/,
  ],
  [
    { code: 'baseline tier', partly: true, slowdown: null, devtools: false },
    /for part of the session: times are several times too long\./,
  ],
  [{ code: 'devtools open', partly: true }, /^DevTools were open for part of the session/],
  [{ code: 'cpu variation', factor: 2 }, /up to 2\.0 times slower/],
  [
    { code: 'overhead', share: 0.071, copies: true, mostlyCalls: true },
    /took 7 % of the time\. Record again without “Count copies”\.$/,
  ],
  [{ code: 'overhead', share: 0.071, copies: false, mostlyCalls: true }, /fewer, larger calls/],
  [{ code: 'overhead', share: 0.071, copies: false, mostlyCalls: false }, /a longer recording/],
  [{ code: 'hidden', time: 3000 }, /hidden for 3\.0 s/],
  [{ code: 'dropped', rows: [{ what: 'spans', count: 12 }] }, /12 spans were dropped/],
])('%j is said in a sentence', (warning, sentence) => {
  expect(warningText(warning)).toMatch(sentence);
});
