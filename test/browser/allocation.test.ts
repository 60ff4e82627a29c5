import { afterAll, beforeAll, expect, test } from 'vitest';
import { allocated, CROSSINGS } from './allocated.ts';
import type { Harness } from './harness.ts';
import { openHarness } from './harness.ts';

/** Bytes of the smallest object. */
const SMALLEST = 12;
/** Bytes a crossing: one in some hundreds is timed, and the clock gives a number object. */
const BOUND = 0.2;

let harness: Harness;
beforeAll(async () => {
  harness = await openHarness({});
});
afterAll(() => harness?.close());

test.each([
  'JS→wasm',
  'wasm→JS',
] as const)('ten million calls %s allocate no more with the agent than without', async (calls) => {
  const without = await allocated(harness, false, calls);
  expect((await allocated(harness, true, calls)) - without).toBeLessThan(BOUND * CROSSINGS);
});

test('the measurement sees one object per call where the engine makes one', async () => {
  expect(await allocated(harness, false, 'wasm→JS with a double')).toBeGreaterThan(
    0.9 * SMALLEST * CROSSINGS,
  );
});
