import fc from 'fast-check';
import { expect, test } from 'vitest';
import { cutPlace } from '../../../panel/components/cutPlace.ts';

test('a long name is split before its last letters, a short one is not', () => {
  expect(cutPlace('gojs.syscall/js.valueCall', 14)).toBe(11);
  expect(cutPlace('world_step', 14)).toBeNull();
});

test('no letter is split in two', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: 'grapheme', minLength: 20 }),
      fc.integer({ min: 1, max: 14 }),
      (text, keep) => {
        const at = cutPlace(text, keep);
        if (at === null) return;
        expect([...text.slice(0, at), ...text.slice(at)]).toEqual([...text]);
        expect(text.length - at).toBeGreaterThanOrEqual(keep);
      },
    ),
  );
});
