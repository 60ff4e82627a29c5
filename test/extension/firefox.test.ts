import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Session } from '../../src/session/model.ts';
import { serveCounter } from './counter.ts';
import { createDriver } from './driver.ts';
import type { Firefox } from './firefox.ts';
import type { EvaluateInPage } from './firefoxExtension.ts';
import {
  devtoolsPanels,
  openDevtools,
  openFirefoxWithExtension,
  reloading,
  showDevtoolsPanel,
} from './firefoxExtension.ts';
import { callsTo, sessionIdOf } from './recorders.ts';

const TIMEOUT = { timeout: 20_000 };

let firefox: Firefox;
let site: Awaited<ReturnType<typeof serveCounter>>;

beforeAll(async () => {
  site = await serveCounter();
  firefox = await openFirefoxWithExtension();
});
afterAll(async () => {
  await firefox?.close();
  await site?.close();
});

describe('a page recorded in Firefox', () => {
  let panel: EvaluateInPage;
  let session: Session;
  beforeAll(async () => {
    const page = await firefox.open(site.url);
    panel = await firefox.open(`${firefox.origin}panel.html`);
    const driver = await createDriver(panel);
    const id = sessionIdOf(await reloading(page, () => driver.record(site.url)));
    await page('run(500)');
    await driver.stop();
    session = await driver.session(id);
  });

  test('has a complete session that names the browser', () => {
    expect(session.info).toMatchObject({
      state: 'complete',
      conditions: { browser: expect.stringContaining('Firefox') },
    });
  });

  test('is counted to the call', () => {
    expect(callsTo(session, 'run')).toBe(2);
    expect(callsTo(session, 'tick')).toBe(1500);
  });

  test('is shown by the panel', async () => {
    const showCrossings = `document.querySelector('#tab-crossings')?.click(), document.querySelector('#view')?.textContent`;
    await panel('location.reload()');
    await expect.poll(() => panel(showCrossings).catch(() => ''), TIMEOUT).toContain('tick');
  });
});

test('Firefox’s DevTools have the panel', async () => {
  const url = `${site.url}?devtools`;
  await firefox.open(url);
  await openDevtools(firefox, url);
  await expect.poll(() => devtoolsPanels(firefox, url), TIMEOUT).toBe('Wasmscope');
  expect(await showDevtoolsPanel(firefox, url)).toBe(true);
});
