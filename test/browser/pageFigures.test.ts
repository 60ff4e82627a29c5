import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Session } from '../../src/session/model.ts';
import type { Harness, Opened } from './harness.ts';
import { openHarness, until } from './harness.ts';

let harness: Harness;
let opened: Opened;
let session: Session;

/** Longest block of the thread, ms. */
const BLOCK = 300;

beforeAll(async () => {
  harness = await openHarness({
    routes: {
      '/busy': (_, response) =>
        response
          .writeHead(200, { 'Content-Type': 'text/html' })
          .end(`<!doctype html><title>busy</title>
        <h1>A heading that is the largest paint</h1><button>Press</button>
        <script>
          requestAnimationFrame(function draw() { requestAnimationFrame(draw); });
          performance.mark('begun');
          document.querySelector('button').addEventListener('click', () => {
            const end = performance.now() + ${BLOCK};
            while (performance.now() < end);
            performance.mark('clicked');
            performance.measure('whole', 'begun', 'clicked');
            document.querySelector('h1').textContent = 'Pressed';
          });
        </script>`),
    },
  });
  opened = await harness.open({ path: 'busy' });
  await opened.page.click('button');
  session = await until(
    opened,
    ({ spans: found, series }) =>
      ['FCP', 'LCP', 'TTFB', 'whole'].every((name) => found.some((span) => span.name === name)) &&
      // The pointer's own events come first, and are short.
      found.some(({ name, value }) => name === 'INP' && (value ?? 0) >= BLOCK) &&
      found.some(
        ({ kind, detail }) => kind === 'long-animation-frame' && detail.includes('BUTTON.onclick'),
      ) &&
      ['eventLoopDelay', 'framesPerSecond', 'jsHeap'].every((name) =>
        series.some((one) => one.name === name),
      ),
  );
});
afterAll(() => harness?.close());

const spans = (kind: string) => session.spans.filter((span) => span.kind === kind);
const values = (name: string): number[] =>
  session.series.filter((series) => series.name === name).flatMap(({ value }) => [...value]);

test('the page’s own marks and measures are recorded at their times', () => {
  expect(spans('mark').map(({ name }) => name)).toEqual(['begun', 'clicked']);
  const [measure] = spans('measure');
  const [begun, clicked] = spans('mark');
  expect(measure?.start).toBeCloseTo(begun?.start as number, 3);
  expect((measure?.start ?? 0) + (measure?.duration ?? 0)).toBeCloseTo(clicked?.start as number, 3);
});

test('a blocked thread is recorded as one long animation frame', () => {
  const long = spans('long-animation-frame').filter(({ detail }) =>
    detail.includes('BUTTON.onclick'),
  );
  expect(long).toHaveLength(1);
  expect(long[0]?.value).toBeGreaterThan(BLOCK - 100);
  expect(long[0]?.duration).toBeGreaterThanOrEqual(BLOCK);
});

test('the page’s web vitals are recorded', () => {
  const last = new Map(spans('vital').map((span) => [span.name, span]));
  for (const name of ['FCP', 'LCP', 'TTFB']) expect(last.get(name)?.value, name).toBeGreaterThan(0);
  expect(last.get('INP')?.value).toBeGreaterThanOrEqual(BLOCK);
});

test('has the thread’s delay, the frames that the page asks for and the heap once a second', () => {
  expect(Math.max(...values('eventLoopDelay'))).toBeGreaterThan(BLOCK - 120);
  expect(Math.max(...values('framesPerSecond'))).toBeGreaterThan(5);
  expect(Math.min(...values('jsHeap'))).toBeGreaterThan(100_000);
});

test('nothing of the page is recorded where the settings exclude it', async () => {
  const off = await harness.open({ path: 'busy', settings: { page: false, network: false } });
  await off.page.evaluate(() => performance.mark('later'));
  await off.page.evaluate(() => fetch('/busy').then((response) => response.text()));
  const before = (await off.session()).spans.length;
  await off.page.click('button');
  const after = await off.session();
  expect(after.spans).toHaveLength(before);
  expect(after.spans.filter(({ name }) => name === 'later')).toEqual([]);
  expect(after.requests.filter(({ initiator }) => initiator === 'fetch')).toEqual([]);
  await off.close();
});
