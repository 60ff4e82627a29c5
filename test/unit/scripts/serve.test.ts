import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ISOLATED, serve } from '../../../scripts/serve.mjs';

const PROGRAM = 'console.log("✓");';

const folder = mkdtempSync(join(tmpdir(), 'wasmscope-serve-'));
let server: Awaited<ReturnType<typeof serve>>;
let examples: Awaited<ReturnType<typeof serve>>;
beforeAll(async () => {
  mkdirSync(join(folder, 'empty'));
  mkdirSync(join(folder, 'app'));
  writeFileSync(join(folder, 'app/index.html'), '<!doctype html>');
  writeFileSync(join(folder, 'app/main.mjs'), PROGRAM);
  writeFileSync(join(folder, 'app/main.mjs.br'), brotliCompressSync(PROGRAM));
  writeFileSync(join(folder, 'app/main.mjs.gz'), gzipSync(PROGRAM));
  writeFileSync(join(folder, 'a name?.txt'), 'odd');
  server = await serve({ root: folder, mounts: { '/mounted/': join(folder, 'app') } });
  examples = await serve({
    root: 'examples',
    headers: { '/sqljs/': ISOLATED },
    routes: { '/own': (_, response) => response.end('own answer') },
  });
});
afterAll(async () => {
  await Promise.all([server.close(), examples.close()]);
  rmSync(folder, { recursive: true });
});

/** Sends the path and headers as they stand: fetch would normalise the one and add to the other. */
const status = (
  { url }: { url: string },
  path: string,
  headers: Record<string, string> = {},
): Promise<number | undefined> =>
  new Promise((resolve, reject) => {
    const { port } = new URL(url);
    request({ hostname: '127.0.0.1', port, path, headers }, (response) => {
      response.resume();
      resolve(response.statusCode);
    })
      .on('error', reject)
      .end();
  });

test('a folder’s index is served, with the headers of its path only', async () => {
  const index = await fetch(`${examples.url}sqljs/`);
  expect(index.headers.get('content-type')).toBe('text/html; charset=utf-8');
  expect(index.headers.get('cross-origin-opener-policy')).toBe('same-origin');
  expect(await index.text()).toContain('SQLite');
  expect((await fetch(examples.url)).headers.get('cross-origin-opener-policy')).toBeNull();
});

test('a package’s module is served so that it streams', async () => {
  const response = await fetch(`${examples.url}node_modules/sql.js/dist/sql-wasm-browser.wasm`);
  expect(response.headers.get('content-type')).toBe('application/wasm');
  const { length } = new Uint8Array(await response.arrayBuffer());
  expect(response.headers.get('content-length')).toBe(String(length));
});

test('a route’s own handler answers', async () => {
  expect(await (await fetch(`${examples.url}own`)).text()).toBe('own answer');
});

test.each([
  ['/nope', 404],
  ['/../package.json', 403],
  ['/%2e%2e/package.json', 403],
  ['/node_modules/..%2f..%2fetc/passwd', 403],
  ['/node_modules/%00', 400],
  ['/%', 400],
  ['*', 400],
])('%s is answered with %i', async (path, expected) => {
  expect(await status(examples, path)).toBe(expected);
});

test('a module script has a JavaScript type and a charset', async () => {
  const { headers } = await fetch(`${server.url}app/main.mjs`);
  expect(headers.get('content-type')).toBe('text/javascript; charset=utf-8');
});

test('a file whose name has to be encoded is found', async () => {
  expect(await (await fetch(`${server.url}a%20name%3F.txt`)).text()).toBe('odd');
});

test('a folder without an index is not listed', async () => {
  expect((await fetch(`${server.url}empty/`)).status).toBe(404);
});

test('a folder without its slash is redirected, query and mount included', async () => {
  const response = await fetch(`${examples.url}node_modules/sql.js?work=short`, {
    redirect: 'manual',
  });
  expect(response.status).toBe(301);
  expect(response.headers.get('location')).toBe('/node_modules/sql.js/?work=short');
});

test('a mounted folder has its index', async () => {
  expect(await (await fetch(`${server.url}mounted/`)).text()).toBe('<!doctype html>');
});

test('only GET and HEAD are allowed', async () => {
  const response = await fetch(`${server.url}app/main.mjs`, { method: 'POST' });
  expect(response.status).toBe(405);
});

test.each([
  ['bytes=0-6', 'console'],
  ['bytes=-2', ');'],
])('the range %s is answered in part', async (range, expected) => {
  const response = await fetch(`${server.url}app/main.mjs`, { headers: { range } });
  expect(response.status).toBe(206);
  expect(await response.text()).toBe(expected);
});

test('a file that did not change is not sent again', async () => {
  const { headers } = await fetch(`${server.url}app/main.mjs`);
  expect(headers.get('cache-control')).toBe('no-cache');
  const condition = { 'if-none-match': headers.get('etag') ?? '' };
  expect(await status(server, '/app/main.mjs', condition)).toBe(304);
});

test('nothing is compressed by default', async () => {
  const { headers } = await fetch(`${server.url}app/main.mjs`);
  expect(headers.get('content-encoding')).toBeNull();
});

describe('with precompressed files', () => {
  let compressing: Awaited<ReturnType<typeof serve>>;
  beforeAll(async () => {
    compressing = await serve({ root: folder, precompressed: true });
  });
  afterAll(() => compressing.close());

  test.each([
    ['gzip, br', 'br'],
    ['gzip', 'gzip'],
    ['gzip, br;q=0', 'gzip'],
    ['identity', null],
  ])('a client that accepts “%s” gets %s', async (accepted, encoding) => {
    const response = await fetch(`${compressing.url}app/main.mjs`, {
      headers: { 'accept-encoding': accepted },
    });
    expect(response.headers.get('content-encoding')).toBe(encoding);
    expect(response.headers.get('content-type')).toBe('text/javascript; charset=utf-8');
    expect(response.headers.get('vary')).toBe('Accept-Encoding');
    expect(await response.text()).toBe(PROGRAM);
  });

  test('a file without a compressed one is sent as it is', async () => {
    const response = await fetch(`${compressing.url}app/`);
    expect(response.headers.get('content-encoding')).toBeNull();
    expect(await response.text()).toBe(readFileSync(join(folder, 'app/index.html'), 'utf8'));
  });
});
