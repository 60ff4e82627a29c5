import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Session } from '../../../src/session/model.ts';
import type { Harness } from '../harness.ts';
import { requestTo } from '../harness.ts';
import type { Paced } from './networkSite.ts';
import { closing, MB, openNetworkHarness, recorded } from './networkSite.ts';

let harness: Harness;
beforeAll(async () => {
  harness = await openNetworkHarness();
});
afterAll(() => harness?.close());

test.each([
  [
    'a reader',
    async () => {
      const { next } = globalThis as unknown as Paced;
      const reader = (await fetch('/five')).body?.getReader() as ReadableStreamDefaultReader;
      while (!(await reader.read()).done) await next();
    },
  ],
  [
    'an iteration',
    async () => {
      const { next } = globalThis as unknown as Paced;
      for await (const _ of (await fetch('/five')).body as ReadableStream) await next();
    },
  ],
  [
    'several reads ahead',
    async () => {
      const { next } = globalThis as unknown as Paced;
      const reader = (await fetch('/five')).body?.getReader() as ReadableStreamDefaultReader;
      for (const read of Array.from({ length: 6 }, () => reader.read()))
        if (!(await read).done) await next();
    },
  ],
])('the chunks of a stream that the page reads by %s are counted and timed', async (_, run) => {
  const { session, opened } = await recorded(harness, run, { path: 'paced', requests: 6 });
  const { stream, responseUsed } = requestTo(session, '/five')[0] as Session['requests'][number];
  expect(stream).toMatchObject({ chunks: 5, bytes: 5000, end: 'complete' });
  // The page itself has a chunk when the agent has seen it.
  const seen = await opened.page.evaluate(() => (globalThis as unknown as Paced).seen);
  const gaps = seen
    .slice(1)
    .map((time, index) => time - (seen[index] as number))
    .sort((a, b) => a - b);
  expect(stream?.firstChunk).toBeGreaterThanOrEqual(responseUsed as number);
  expect(stream?.firstChunk).toBeLessThanOrEqual(seen[0] as number);
  expect(stream?.medianGap).toBeGreaterThan((gaps[0] as number) / 2);
  expect(stream?.medianGap).toBeLessThan((gaps[3] as number) * 2);
  expect(stream?.largestGap).toBeGreaterThanOrEqual(stream?.medianGap as number);
  await opened.close();
});

test('a body that the page takes whole has no figures of chunks', async () => {
  const { session, opened } = await recorded(
    harness,
    async () => {
      const whole = (await fetch('/five')).arrayBuffer();
      for (let chunk = 0; chunk < 5; chunk++) await (globalThis as unknown as Paced).next();
      await whole;
    },
    { path: 'paced', requests: 6 },
  );
  expect(requestTo(session, '/five')).toMatchObject([{ stream: null, decodedBodySize: 5000 }]);
  await opened.close();
});

test('a stream that breaks off ends with an error', async () => {
  const { session, opened } = await recorded(
    harness,
    async () => {
      const reader = (await fetch('/cut')).body?.getReader() as ReadableStreamDefaultReader;
      await reader.read();
      await fetch('/break');
      await reader.read().catch(() => {});
    },
    { requests: 2 },
  );
  expect(requestTo(session, '/cut')).toMatchObject([
    { stream: { chunks: 1, bytes: 5, end: 'error' } },
  ]);
  await opened.close();
});

test.each([
  [
    'cancels its reader',
    async () => {
      const reader = (await fetch('/endless')).body?.getReader() as ReadableStreamDefaultReader;
      await reader.read();
      await reader.cancel();
    },
  ],
  [
    'cancels the body',
    async () => {
      const { body } = await fetch('/endless');
      const reader = body?.getReader();
      await reader?.read();
      reader?.releaseLock();
      await body?.cancel();
    },
  ],
  [
    'leaves its iteration',
    async () => {
      for await (const _ of (await fetch('/endless')).body as ReadableStream) break;
    },
  ],
])('the server sees at once that the page %s', async (_, run) => {
  const seen = closing('/endless');
  const opened = await harness.open();
  await opened.page.evaluate(run);
  const cancelled = Date.now();
  expect((await seen) - cancelled).toBeLessThan(1000);
  const session = await opened.session();
  expect(requestTo(session, '/endless')).toMatchObject([{ stream: { end: 'cancelled' } }]);
  await opened.close();
});

test('500 MB of an endless body that the page reads and drops are not kept', async () => {
  const grown = async (agent: boolean): Promise<number> => {
    const opened = await harness.open({ agent });
    const bytes = await opened.page.evaluate(async (limit) => {
      const reader = (
        await fetch('/endless')
      ).body?.getReader() as ReadableStreamDefaultReader<Uint8Array>;
      let sum = 0;
      while (sum < limit) sum += (await reader.read()).value?.length ?? limit;
      await reader.cancel();
      return sum;
    }, 500 * MB);
    expect(bytes).toBeGreaterThanOrEqual(500 * MB);
    const client = await opened.page.createCDPSession();
    await client.send('HeapProfiler.collectGarbage');
    const usage = (await client.send('Runtime.getHeapUsage')) as {
      usedSize: number;
      backingStorageSize?: number;
    };
    await opened.close();
    return usage.usedSize + (usage.backingStorageSize ?? 0);
  };
  const without = await grown(false);
  expect((await grown(true)) - without).toBeLessThan(20 * MB);
}, 180_000);

test('a body of 8 GB that the page stops after 32 KB is not read further', async () => {
  const seen = closing('/huge');
  const { session, opened } = await recorded(harness, async () => {
    const reader = (
      await fetch('/huge')
    ).body?.getReader() as ReadableStreamDefaultReader<Uint8Array>;
    let sum = 0;
    while (sum < 32 * 1024) sum += (await reader.read()).value?.length ?? Infinity;
    await reader.cancel();
  });
  await seen;
  const [row] = requestTo(session, '/huge');
  expect(row?.stream?.end).toBe('cancelled');
  expect(row?.stream?.bytes).toBeLessThan(4 * MB);
  await opened.close();
});
