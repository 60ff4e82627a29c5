import type { Page } from 'puppeteer-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Session } from '../../src/session/model.ts';
import type { FrameAnswer } from '../fixtures/framesSite.ts';
import { callsByFrame, expectedCalls, inOrder, serveFrames } from '../fixtures/framesSite.ts';
import type { Chromium } from './chromium.ts';
import { openChromium } from './chromium.ts';
import { record } from './recorders.ts';

// A page with a frame of each kind, which says what its frames did: without the agent and with it.

/** Hosted on another site than the page. */
const OTHER_SITE = 'cross 31';

let site: Awaited<ReturnType<typeof serveFrames>>;
beforeAll(async () => {
  site = await serveFrames();
});
afterAll(() => site?.close());

const answersOf = async (page: Page): Promise<FrameAnswer[]> =>
  inOrder(await page.evaluate(() => (globalThis as unknown as { answers: FrameAnswer[] }).answers));

interface BothWays {
  without: FrameAnswer[];
  recorded: FrameAnswer[];
  session: Session;
}

/** What the frames said without the agent and with it, and the recording. */
async function bothWays(chromium: Chromium): Promise<BothWays> {
  const page = await chromium.openPage(site.url);
  const without = await answersOf(page);
  const { driver, id } = await record(chromium, page);
  const recorded = await answersOf(page);
  await driver.stop();
  return { without, recorded, session: await driver.session(id) };
}

describe('frames of every kind', () => {
  let chromium: Chromium;
  let both: BothWays;
  beforeAll(async () => {
    chromium = await openChromium();
    both = await bothWays(chromium);
  });
  afterAll(() => chromium?.close());

  test('are in the page', () => {
    expect(both.without.map(({ name }) => name)).toEqual([
      'back 37',
      'blank 19',
      'blob 23',
      OTHER_SITE,
      'data 29',
      'inner 17',
      'outer 13',
      'same 3',
      'sandboxed 7',
      'sandboxed-srcdoc 11',
      'srcdoc 5',
    ]);
  });

  test('run as without the agent', () => {
    expect(both.recorded).toEqual(both.without);
  });

  test('are each counted exactly', () => {
    expect(callsByFrame(both.session)).toEqual(expectedCalls(both.recorded));
  });

  test('are all measured', () => {
    expect(both.session.unmeasured).toEqual([]);
  });

  test('are measured even if the page takes WebAssembly out of them at once', () => {
    const { realms, modules } = both.session;
    const blank = realms.findIndex(({ name }) => name === 'blank 19');
    const methods = modules.filter(({ realm }) => realm === blank).map(({ method }) => method);
    expect(methods).toEqual(['new Module', 'instantiate']);
  });
});

describe('a frame of a site that the extension may not run on', () => {
  let chromium: Chromium;
  let both: BothWays;
  beforeAll(async () => {
    chromium = await openChromium();
    await chromium.allowOnly('http://127.0.0.1/*');
    both = await bothWays(chromium);
  });
  afterAll(() => chromium?.close());

  test('runs as without the agent, as do the others', () => {
    expect(both.recorded).toEqual(both.without);
  });

  test('is not counted, but all others are', () => {
    const allowed = both.recorded.filter(({ name }) => name !== OTHER_SITE);
    expect(callsByFrame(both.session)).toEqual(expectedCalls(allowed));
  });

  test('is listed as unmeasured, with the reason', () => {
    expect(both.session.unmeasured).toMatchObject([
      {
        what: `frame ${site.url.replace('127.0.0.1', 'localhost')}cross`,
        reason: expect.stringContaining('may not run on its site'),
      },
    ]);
  });
});
