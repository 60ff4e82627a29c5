import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Page } from 'puppeteer-core';

/**
 * (type (i32) → ()), import env.tick, `run(n)` calls tick n times, `grow(pages)`, a memory of 1 to
 * 10 pages.
 */
export const COUNTER = Uint8Array.from([
  0, 0x61, 0x73, 0x6d, 1, 0, 0, 0, 1, 10, 2, 0x60, 1, 0x7f, 0, 0x60, 1, 0x7f, 1, 0x7f, 2, 12, 1, 3,
  0x65, 0x6e, 0x76, 4, 0x74, 0x69, 0x63, 0x6b, 0, 0, 3, 3, 2, 0, 1, 5, 4, 1, 1, 1, 10, 7, 23, 3, 3,
  0x72, 0x75, 0x6e, 0, 1, 4, 0x67, 0x72, 0x6f, 0x77, 0, 2, 6, 0x6d, 0x65, 0x6d, 0x6f, 0x72, 0x79, 2,
  0, 10, 35, 2, 26, 0, 2, 0x40, 3, 0x40, 0x20, 0, 0x45, 0x0d, 1, 0x20, 0, 0x10, 0, 0x20, 0, 0x41, 1,
  0x6b, 0x21, 0, 0x0c, 0, 0x0b, 0x0b, 0x0b, 6, 0, 0x20, 0, 0x40, 0, 0x0b,
]);

const SCRIPT = `
  globalThis.ticks = 0;
  globalThis.first = WebAssembly.instantiateStreaming;
  globalThis.ready = WebAssembly.instantiateStreaming(fetch('/counter.wasm'), { env: { tick: () => { ticks++; } } })
    .then(({ instance }) => {
      globalThis.run = instance.exports.run;
      globalThis.grow = instance.exports.grow;
      run(1000);
      const hops = Number(new URLSearchParams(location.search).get('hops'));
      if (hops > 0) location.search = 'hops=' + (hops - 1);
      else document.title = 'done';
    });
`;

/**
 * A page that runs its module's 1,000 ticks by itself and has `run` and `grow` for more; with
 * `?hops=n` it then goes on to itself, n times.
 */
export async function serveCounter(
  headers: Record<string, string> = {},
): Promise<{ url: string; close(): Promise<void> }> {
  const server = createServer((request, response) => {
    const path = (request.url ?? '/').split('?')[0];
    const [type, body] =
      {
        '/counter.wasm': ['application/wasm', COUNTER] as const,
        '/counter.js': ['text/javascript', SCRIPT] as const,
        '/': [
          'text/html',
          '<!doctype html><title>counter</title><script src="/counter.js"></script>',
        ] as const,
      }[path as string] ?? (['text/plain', 'nothing here'] as const);
    response.writeHead(200, { 'Content-Type': type, ...headers }).end(body);
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    close: () =>
      new Promise((closed) => {
        server.close(() => closed());
        server.closeAllConnections();
      }),
  };
}

/** What the page has for tests. */
interface CounterPage {
  ticks: number;
  first: unknown;
  run(ticks: number): void;
}

/** Has the page's module call its import so many times. */
export const runTicks = (page: Page, ticks: number): Promise<void> =>
  page.evaluate((n) => (globalThis as unknown as CounterPage).run(n), ticks);

/** How often the page's module has called its import, as the page itself counted. */
export const ticksOf = (page: Page): Promise<number> =>
  page.evaluate(() => (globalThis as unknown as CounterPage).ticks);

/** Until the agent has given the page its natives back. */
export async function agentGone(page: Page): Promise<void> {
  await page.waitForFunction(
    () => (globalThis as unknown as CounterPage).first !== WebAssembly.instantiateStreaming,
    { polling: 50 },
  );
}
