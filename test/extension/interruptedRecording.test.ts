import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Chromium } from './chromium.ts';
import { openChromium } from './chromium.ts';
import { agentGone, runTicks, serveCounter, ticksOf } from './counter.ts';
import type { Driver } from './driver.ts';
import type { Recorded } from './recorders.ts';
import { callsTo, openAndRecord } from './recorders.ts';

// What comes between a recording and its Stop: the extension changes, or the browser dies.

let site: Awaited<ReturnType<typeof serveCounter>>;
let chromium: Chromium;

beforeAll(async () => {
  site = await serveCounter();
});
afterAll(() => site?.close());

/** Waits until the page’s own work is stored: anything later may be lost. */
const stored = ({ driver, id }: Recorded): Promise<void> =>
  expect.poll(async () => callsTo(await driver.session(id), 'tick')).toBe(1000);

/** Until the only session is marked as cut short. */
const cut = (driver: Driver): Promise<void> =>
  expect.poll(async () => (await driver.sessions()).map(({ state }) => state)).toEqual(['cut']);

describe('an extension that changes during a recording', () => {
  beforeEach(async () => {
    chromium = await openChromium();
  });
  afterEach(() => chromium.close());

  test('gives the page its natives back and lets it work when it is reloaded', async () => {
    const { page } = await openAndRecord(chromium, site.url);
    await runTicks(page, 1);
    await chromium.reloadExtension();
    await agentGone(page);
    await runTicks(page, 5);
    expect(await ticksOf(page)).toBe(1006);
  });

  test('gives the page its natives back and lets it work when it is disabled', async () => {
    const { page } = await openAndRecord(chromium, site.url);
    await chromium.enableExtension(false);
    await agentGone(page);
    await runTicks(page, 5);
    expect(await ticksOf(page)).toBe(1005);
  });

  test('has what was stored, marked as cut short, when it is enabled again', async () => {
    const recorded = await openAndRecord(chromium, site.url);
    await stored(recorded);
    await chromium.enableExtension(false);
    await agentGone(recorded.page);
    await chromium.enableExtension(true);
    const driver = await chromium.openDriver();
    await cut(driver);
    expect(callsTo(await driver.session(recorded.id), 'tick')).toBe(1000);
  });
});

test('what was stored is there after the browser was killed, marked as cut short', async () => {
  const profile = mkdtempSync(join(tmpdir(), 'wasmscope-'));
  const killed = await openChromium(profile);
  const recorded = await openAndRecord(killed, site.url);
  await stored(recorded);
  const gone = new Promise((exited) => killed.browser.process()?.once('exit', exited));
  killed.browser.process()?.kill('SIGKILL');
  await gone;
  const next = await openChromium(profile);
  const driver = await next.openDriver();
  await cut(driver);
  expect(callsTo(await driver.session(recorded.id), 'tick')).toBe(1000);
  await next.close();
  rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
});
