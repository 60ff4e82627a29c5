import type { ServerResponse } from 'node:http';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { buildModule, op, PADDING } from '../fixtures/buildModule.ts';
import type { Harness } from './harness.ts';
import { openHarness } from './harness.ts';
import { CACHE_HIT, traced } from './trace.ts';

// Streaming stays streaming: the browser's own trace shows it, without the agent and with it.

/** `f(n)` takes n turns: V8 caches code once it has optimised some. */
const MODULE = buildModule({
  counters: ['turns'],
  functions: [{ name: 'f', params: ['i32'], results: [], code: op.repeat(op.count(0)) }],
  padding: 2_000_000 / PADDING,
});
const PIECES = 20;

let harness: Harness;
let write: (() => void) | null = null;

/** Sends the module in pieces, one each time that the page asks for `/more`. */
function sendPieces(response: ServerResponse): void {
  const piece = Math.ceil(MODULE.length / PIECES);
  let sent = 0;
  response.writeHead(200, { 'Content-Type': 'application/wasm', 'Content-Length': MODULE.length });
  write = () => {
    response.write(MODULE.subarray(sent, sent + piece));
    sent += piece;
    if (sent >= MODULE.length) response.end();
  };
  write();
}

beforeAll(async () => {
  const cached = (_: unknown, response: ServerResponse) =>
    void response
      .writeHead(200, { 'Content-Type': 'application/wasm', 'Cache-Control': 'max-age=3600' })
      .end(MODULE);
  harness = await openHarness({
    // Else V8 writes the code cache only after seconds, and only for more code.
    flags: ['--js-flags=--wasm-caching-threshold=1 --wasm-caching-timeout-ms=0'],
    routes: {
      '/false.wasm': cached,
      '/true.wasm': cached,
      '/slow.wasm': (_, response) => sendPieces(response),
      '/more': (_, response) => {
        write?.();
        response.writeHead(204).end();
      },
    },
  });
});
afterAll(() => harness?.close());

describe.each([
  ['without', false],
  ['with', true],
] as const)('%s the agent', (_, agent) => {
  async function visit(code: string) {
    return traced(harness.browser, async () => {
      const opened = await harness.open({ agent });
      await opened.page.evaluate(`(async () => {${code}})()`);
      await opened.close();
    });
  }

  test('a later visit takes the compiled code from the browser’s cache', async () => {
    let hit = false;
    // The browser chooses when to write its cache; if it never does, the test's time limit ends the
    // loop.
    while (!hit) {
      const { events } = await visit(`
        const { instance } = await WebAssembly.instantiateStreaming(fetch('/${agent}.wasm'));
        for (let frame = 0; frame < 10; frame++) {
          for (let turn = 0; turn < 20; turn++) instance.exports.f(10_000);
          await new Promise(requestAnimationFrame);
        }`);
      hit = events.some(({ name }) => name === CACHE_HIT);
    }
    expect(hit).toBe(true);
  });

  test('the engine has bytes of a response while the server still sends it', async () => {
    const { events } = await visit(`
      const loaded = WebAssembly.instantiateStreaming(fetch('/slow.wasm'));
      for (let piece = 2; piece <= ${PIECES}; piece++) {
        await new Promise(requestAnimationFrame);
        if (piece === ${PIECES}) performance.mark('asks for the last piece');
        await fetch('/more');
      }
      await loaded;`);
    const last = events.find(({ name }) => name === 'asks for the last piece')?.ts ?? 0;
    const received = events.filter(({ name, ts }) => name === 'wasm.OnBytesReceived' && ts < last);
    expect(received.length).toBeGreaterThan(PIECES / 4);
    expect(events.filter(({ name, ts }) => name === 'wasm.FinishStreaming' && ts < last)).toEqual(
      [],
    );
  });
});
