import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { serve } from '../../scripts/serve.mjs';
import { callsOf } from '../browser/harness.ts';
import type { Chromium } from './chromium.ts';
import { openChromium } from './chromium.ts';
import { recordByCommandLine, recordByExtension } from './recorders.ts';

let chromium: Chromium;
let site: Awaited<ReturnType<typeof serve>>;
beforeAll(async () => {
  site = await serve({ root: fileURLToPath(new URL('../../examples', import.meta.url)) });
  chromium = await openChromium();
});
afterAll(async () => {
  await chromium?.close();
  await site?.close();
});

test.each([
  'sqljs',
  'rapier',
])('%s: the command line and the extension count the same crossings of the same functions', async (name) => {
  const url = `${site.url}${name}/?work=short`;
  const byCommandLine = callsOf(await recordByCommandLine(url));
  expect(Object.keys(byCommandLine.in).length).toBeGreaterThan(2);
  expect(callsOf(await recordByExtension(chromium, url))).toEqual(byCommandLine);
});
