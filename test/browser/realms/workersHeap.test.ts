import { afterAll, beforeAll, expect, test } from 'vitest';
import { ISOLATED } from '../../../scripts/serve.mjs';
import type { Harness } from '../harness.ts';
import { extensionAgent, openRealms } from './bothRealms.ts';

const PAGE = `<!doctype html><link rel="icon" href="data:,"><script>
  const script = 'globalThis.held = Array.from({ length: 200000 }, (_, at) => ({ at })); postMessage(0)';
  globalThis.started = new Promise((done) => {
    globalThis.worker = new Worker(URL.createObjectURL(new Blob([script])));
    worker.onmessage = done;
  });
</script>`;

let harness: Harness;
beforeAll(async () => {
  harness = await openRealms({
    headers: { '/': ISOLATED },
    routes: {
      '/page': (_, response) => response.writeHead(200, { 'Content-Type': 'text/html' }).end(PAGE),
    },
    // Else the browser waits for its next garbage collection.
    flags: ['--enable-blink-features=ForceEagerMeasureMemory'],
  });
});
afterAll(() => harness?.close());

test.each([
  true,
  false,
])('the heap of a page’s workers is recorded if the page was isolated for the recording: %s', async (isolated) => {
  const opened = await harness.open({
    path: 'page',
    agent: extensionAgent(),
    settings: { isolated },
  });
  await opened.page.evaluate('started');
  const heaps = async (): Promise<number[]> =>
    (await opened.session()).series.flatMap(({ name, value }) =>
      name === 'workersHeap' ? value : [],
    );
  if (isolated) await expect.poll(heaps, { timeout: 20_000 }).toEqual([expect.any(Number)]);
  else expect(await heaps()).toEqual([]);
  for (const heap of await heaps()) expect(heap).toBeGreaterThan(2_000_000);
  await opened.close();
});
