import type { Page } from 'puppeteer-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Session } from '../../src/session/model.ts';
import type { FrameAnswer } from '../fixtures/framesSite.ts';
import { callsByFrame, expectedCalls, inOrder, serveFrames } from '../fixtures/framesSite.ts';
import type { Chromium } from './chromium.ts';
import { finished, openChromium } from './chromium.ts';
import { sessionIdOf } from './recorders.ts';

// A page with a frame of each kind: what each does without the agent it does with it, and it is counted to the call.

let site: Awaited<ReturnType<typeof serveFrames>>;
beforeAll(async () => {
  site = await serveFrames();
});
afterAll(() => site?.close());

const answersOf = async (page: Page): Promise<FrameAnswer[]> =>
  inOrder(await page.evaluate(() => (globalThis as unknown as { answers: FrameAnswer[] }).answers));

/** What the frames said without and with the agent, and the recording. */
async function bothWays(
  chromium: Chromium,
): Promise<{ without: FrameAnswer[]; recorded: FrameAnswer[]; session: Session }> {
  const page = await chromium.openPage(site.url);
  const without = await answersOf(page);
  const driver = await chromium.openDriver();
  const reloaded = page.waitForNavigation();
  const status = await driver.record(site.url);
  const id = sessionIdOf(status);
  await reloaded;
  await finished(page);
  const recorded = await answersOf(page);
  await driver.stop();
  return { without, recorded, session: await driver.session(id) };
}

test('frames of every kind run as without the agent, and each is counted exactly', async () => {
  const chromium = await openChromium();
  const { without, recorded, session } = await bothWays(chromium);
  expect(without.map(({ name }) => name)).toEqual([
    'back 37',
    'blank 19',
    'blob 23',
    'cross 31',
    'data 29',
    'inner 17',
    'outer 13',
    'same 3',
    'sandboxed 7',
    'sandboxed-srcdoc 11',
    'srcdoc 5',
  ]);
  expect(recorded).toEqual(without);
  expect(callsByFrame(session)).toEqual(expectedCalls(recorded));
  expect(session.unmeasured).toEqual([]);
  // The page takes WebAssembly out of this one as soon as it has it.
  const blank = session.realms.findIndex(({ name }) => name === 'blank 19');
  expect(
    session.modules.filter(({ realm }) => realm === blank).map(({ method }) => method),
  ).toEqual(['new Module', 'instantiate']);
  await chromium.close();
});

test('a frame of a site that the extension may not run on does the same, and is listed with the reason', async () => {
  const chromium = await openChromium();
  await chromium.allowOnly('http://127.0.0.1/*');
  const { without, recorded, session } = await bothWays(chromium);
  expect(recorded).toEqual(without);
  expect(callsByFrame(session)).toEqual(
    expectedCalls(recorded.filter(({ name }) => name !== 'cross 31')),
  );
  expect(session.unmeasured).toMatchObject([
    {
      what: `frame ${site.url.replace('127.0.0.1', 'localhost')}cross`,
      reason: expect.stringContaining('may not run on its site'),
    },
  ]);
  await chromium.close();
});
