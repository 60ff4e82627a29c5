import type { ServerResponse } from 'node:http';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { serve } from '../../scripts/serve.mjs';
import { callsOf } from '../browser/harness.ts';
import type { Chromium } from './chromium.ts';
import { finished, openChromium } from './chromium.ts';
import { COUNTER } from './counter.ts';
import { sessionIdOf } from './recorders.ts';

// A page that the browser loads and runs before the user goes there (speculation rules). Chromium does
// not do that from a page that has a CDP session of the test's own: there is none here.

const html = (body: string) => (_: unknown, response: ServerResponse) =>
  response
    .writeHead(200, { 'Content-Type': 'text/html' })
    .end(`<!doctype html><link rel="icon" href="data:,">${body}`);
/** Ticks 1,000 times before it is shown, and 7 times then. */
const NEXT = `<script>
  const early = document.prerendering;
  const shown = new Promise((come) => early ? document.addEventListener('prerenderingchange', come) : come());
  WebAssembly.instantiateStreaming(fetch('/counter.wasm'), { env: { tick() {} } }).then(async ({ instance: { exports: { run } } }) => {
    run(1000);
    if (early) await fetch('/has-run-early');
    await shown;
    run(7);
    document.title = 'done';
  });
</script>`;

let chromium: Chromium;
let site: Awaited<ReturnType<typeof serve>>;
let hasRunEarly: Promise<void>;
beforeAll(async () => {
  let tell = (): void => {};
  hasRunEarly = new Promise((come) => {
    tell = come;
  });
  chromium = await openChromium();
  site = await serve({
    root: fileURLToPath(new URL('.', import.meta.url)),
    routes: {
      '/': html('<title>done</title>'),
      '/foresees': html(
        '<a href="/next">next</a><script type="speculationrules">{"prerender":[{"urls":["/next"],"eagerness":"immediate"}]}</script>',
      ),
      '/next': html(NEXT),
      '/has-run-early': (_, response) => {
        response.writeHead(204).end();
        tell();
      },
      '/counter.wasm': (_, response) =>
        response.writeHead(200, { 'Content-Type': 'application/wasm' }).end(COUNTER),
    },
  });
});
afterAll(async () => {
  await chromium?.close();
  await site?.close();
});

test('a prerendered page is recorded from its start, and shown as hidden until the user went there', async () => {
  const page = await chromium.openPage(site.url);
  const driver = await chromium.openDriver();
  const reloaded = page.waitForNavigation();
  const status = await driver.record(site.url);
  const id = sessionIdOf(status);
  await reloaded;
  await page.bringToFront();
  await page.goto(`${site.url}foresees`);
  await hasRunEarly;
  // The page that is shown then has another session: what is asked before that ends with the old one.
  const shownNow = page.waitForNavigation();
  await page.click('a');
  await shownNow;
  await finished(page);
  const [start, shown] = await page.evaluate(
    () =>
      [
        performance.timeOrigin,
        (
          performance.getEntriesByType('navigation')[0] as PerformanceNavigationTiming & {
            activationStart: number;
          }
        ).activationStart,
      ] as const,
  );
  await driver.stop();
  const session = await driver.session(id);
  const realm = session.realms.findIndex(({ url }) => url.endsWith('/next'));
  expect(session.realms[realm]?.timeOrigin).toBe(start);
  expect(callsOf(session)).toEqual({ in: { run: 2 }, out: { 'env.tick': 1007 } });
  expect(shown).toBeGreaterThan(0);
  expect(
    session.spans.filter((span) => span.realm === realm && span.kind === 'visibility'),
  ).toMatchObject([{ name: 'hidden', start: session.realms[realm]?.offset }]);
});
