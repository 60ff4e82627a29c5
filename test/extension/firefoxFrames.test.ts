import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Session } from '../../src/session/model.ts';
import type { FrameAnswer } from '../fixtures/framesSite.ts';
import { callsByFrame, expectedCalls, inOrder, serveFrames } from '../fixtures/framesSite.ts';
import type { Firefox } from './firefox.ts';
import type { EvaluateInPage } from './firefoxExtension.ts';
import { finished, openDriver, openFirefoxWithExtension, reloading } from './firefoxExtension.ts';
import { sessionIdOf } from './recorders.ts';

// A page with a frame of each kind, as frames.test.ts has it in Chromium.

let site: Awaited<ReturnType<typeof serveFrames>>;
let firefox: Firefox;
let without: FrameAnswer[];
let recorded: FrameAnswer[];
let session: Session;

async function answersOf(page: EvaluateInPage): Promise<FrameAnswer[]> {
  const answers = await page('JSON.stringify(answers)');
  return inOrder(JSON.parse(String(answers)) as FrameAnswer[]);
}

beforeAll(async () => {
  site = await serveFrames();
  firefox = await openFirefoxWithExtension();
  const page = await firefox.open(site.url);
  await finished(page);
  without = await answersOf(page);
  const { driver } = await openDriver(firefox);
  const id = sessionIdOf(await reloading(page, () => driver.record(site.url)));
  recorded = await answersOf(page);
  await driver.stop();
  session = await driver.session(id);
});
afterAll(async () => {
  await firefox?.close();
  await site?.close();
});

test('frames of every kind run in Firefox as without the agent', () => {
  expect(recorded).toEqual(without);
});

test('frames of every kind are each counted exactly in Firefox', () => {
  expect(callsByFrame(session)).toEqual(expectedCalls(recorded));
});

test('frames of every kind are all measured in Firefox', () => {
  expect(session.unmeasured).toEqual([]);
});
