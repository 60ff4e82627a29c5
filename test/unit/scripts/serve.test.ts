import { request } from 'node:http';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ISOLATED, serve } from '../../../scripts/serve.mjs';

let server: Awaited<ReturnType<typeof serve>>;
beforeAll(async () => {
  server = await serve({
    root: 'examples',
    headers: { '/sqljs/': ISOLATED },
    routes: { '/own': (_, response) => response.end('own answer') },
  });
});
afterAll(() => server.close());

/** As it stands: fetch would tidy the path. */
const status = (path: string): Promise<number | undefined> =>
  new Promise((answered, failed) => {
    request(
      { ...new URL(server.url), hostname: '127.0.0.1', port: new URL(server.url).port, path },
      (response) => {
        response.resume();
        answered(response.statusCode);
      },
    )
      .on('error', failed)
      .end();
  });

test('serves a folder’s index, with the headers of its path only', async () => {
  const index = await fetch(`${server.url}sqljs/`);
  expect(index.headers.get('content-type')).toBe('text/html; charset=utf-8');
  expect(index.headers.get('cross-origin-opener-policy')).toBe('same-origin');
  expect(await index.text()).toContain('SQLite');
  expect((await fetch(server.url)).headers.get('cross-origin-opener-policy')).toBeNull();
});

test('serves a package’s module so that it streams', async () => {
  const response = await fetch(`${server.url}node_modules/sql.js/dist/sql-wasm-browser.wasm`);
  expect(response.headers.get('content-type')).toBe('application/wasm');
  const { length } = new Uint8Array(await response.arrayBuffer());
  expect(response.headers.get('content-length')).toBe(String(length));
});

test('gives answers of one’s own', async () => {
  expect(await (await fetch(`${server.url}own`)).text()).toBe('own answer');
});

test.each([
  ['/nope', 404],
  ['/../package.json', 403],
  ['/%2e%2e/package.json', 403],
  ['/node_modules/..%2f..%2fetc/passwd', 403],
  ['/node_modules/%00', 400],
  ['/%', 400],
])('answers %s with %i', async (path, expected) => {
  expect(await status(path)).toBe(expected);
});
