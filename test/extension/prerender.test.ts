import type { ServerResponse } from 'node:http';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { serve } from '../../scripts/serve.mjs';
import type { Session } from '../../src/session/model.ts';
import { callsOf } from '../browser/harness.ts';
import type { Chromium } from './chromium.ts';
import { finished, openChromium } from './chromium.ts';
import { COUNTER } from './counter.ts';
import { record } from './recorders.ts';

// A page that the browser loads and runs before the user goes there (speculation rules). Chromium
// does not do that from a page with a CDP session of the test's own, so there is none here.

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

/** Of the page that is prerendered, as it says itself; ms. */
interface Navigation {
  timeOrigin: number;
  /** When it was shown, since its time origin. */
  activationStart: number;
}

let chromium: Chromium;
let site: Awaited<ReturnType<typeof serve>>;
let session: Session;
let navigation: Navigation;
/** The realm of the page that is prerendered. */
let realm: number;

beforeAll(async () => {
  let tellRunEarly = (): void => {};
  const hasRunEarly = new Promise<void>((resolve) => {
    tellRunEarly = resolve;
  });
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
        tellRunEarly();
      },
      '/counter.wasm': (_, response) =>
        response.writeHead(200, { 'Content-Type': 'application/wasm' }).end(COUNTER),
    },
  });
  chromium = await openChromium();
  const page = await chromium.openPage(site.url);
  const { driver, id } = await record(chromium, page);
  await page.bringToFront();
  await page.goto(`${site.url}foresees`);
  await hasRunEarly;
  // The page that is shown then has another session: what is asked before that ends with the old
  // one.
  const shownNow = page.waitForNavigation();
  await page.click('a');
  await shownNow;
  await finished(page);
  navigation = await page.evaluate(navigationOf);
  await driver.stop();
  session = await driver.session(id);
  realm = session.realms.findIndex(({ url }) => url.endsWith('/next'));
});
afterAll(async () => {
  await chromium?.close();
  await site?.close();
});

/** In the page. */
function navigationOf(): Navigation {
  const [entry] = performance.getEntriesByType('navigation');
  const { activationStart } = entry as PerformanceNavigationTiming & { activationStart: number };
  return { timeOrigin: performance.timeOrigin, activationStart };
}

test('the browser ran the page before the user went there', () => {
  expect(navigation.activationStart).toBeGreaterThan(0);
});

test('a prerendered page is recorded from its start', () => {
  expect(session.realms[realm]?.timeOrigin).toBe(navigation.timeOrigin);
});

test('the calls of a prerendered page are counted before it is shown and after', () => {
  expect(callsOf(session)).toEqual({ in: { run: 2 }, out: { 'env.tick': 1007 } });
});

test('a prerendered page is shown as hidden until the user went there', () => {
  const visibility = session.spans.filter(
    (span) => span.realm === realm && span.kind === 'visibility',
  );
  expect(visibility).toMatchObject([{ name: 'hidden', start: session.realms[realm]?.offset }]);
});
