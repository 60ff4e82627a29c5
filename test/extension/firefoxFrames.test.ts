import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { FrameAnswer } from '../fixtures/framesSite.ts';
import { callsByFrame, expectedCalls, inOrder, serveFrames } from '../fixtures/framesSite.ts';
import { DIST } from './chromium.ts';
import { createDriver } from './driver.ts';
import { openFirefox } from './firefox.ts';
import { sessionIdOf } from './recorders.ts';

test('Firefox’s frames of every kind run as without the agent, and each is counted exactly', async () => {
  const site = await serveFrames();
  const firefox = await openFirefox(join(DIST, 'test/firefox'), 'wasmscope@wasmscope.dev');
  const page = await firefox.open(site.url);
  const answers = async (): Promise<FrameAnswer[]> => {
    await expect
      .poll(() => page('document.title').catch(() => 'on its way'), { timeout: 20_000 })
      .toBe('done');
    return inOrder(JSON.parse((await page('JSON.stringify(answers)')) as string) as FrameAnswer[]);
  };
  const without = await answers();
  await page('document.title = "before"');
  const driver = await createDriver(await firefox.open(`${firefox.origin}panel.html`));
  const status = await driver.record(site.url);
  const id = sessionIdOf(status);
  const recorded = await answers();
  await driver.stop();
  const session = await driver.session(id);
  await firefox.close();
  await site.close();
  expect(recorded).toEqual(without);
  expect(callsByFrame(session)).toEqual(expectedCalls(recorded));
  expect(session.unmeasured).toEqual([]);
});
