import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Harness } from '../harness.ts';
import { expectSame, openRealms, record, scripts, sessionOf } from './bothRealms.ts';

// Scripts that run outside the page without the agent: they work as usual and are listed as
// unmeasured.

const PAGE = '<!doctype html><base href="/w/"><link rel="icon" href="data:,">';

let harness: Harness;
beforeAll(async () => {
  harness = await openRealms({
    routes: {
      '/page': (_, response) => response.writeHead(200, { 'Content-Type': 'text/html' }).end(PAGE),
      ...scripts({
        '/w/shared.js':
          'let connected = 0; onconnect = ({ ports: [port] }) => port.postMessage([++connected, name, location.pathname]);',
        '/w/service.js':
          'addEventListener("message", ({ source }) => source.postMessage(location.pathname));',
        '/w/worklet.js': `registerProcessor('one', class extends AudioWorkletProcessor {
          process(_, [[channel]]) { channel.fill(1); return false; }
        });`,
        '/w/echo.js': 'postMessage(location.pathname)',
      }),
    },
  });
});
afterAll(() => harness?.close());

/**
 * Expects this result both without and with the agent, and returns what the session lists as
 * unmeasured.
 */
async function unmeasured<Result>(run: () => Promise<Result>, result: Result): Promise<string[]> {
  expect(await expectSame(harness, run, 'page')).toEqual(result);
  const { opened } = await record(harness, run, 'page');
  const session = await sessionOf(opened, 1);
  await opened.close();
  return session.unmeasured.map(({ what, reason }) => `${what}: ${reason}`);
}

test('a shared worker is shared by its name, and is listed as unmeasured', async () => {
  const connect = async (): Promise<unknown[]> => {
    const said = [];
    for (const name of ['a', 'a', 'b']) {
      const { port } = new SharedWorker('shared.js?x', name);
      said.push(
        await new Promise((come) => {
          port.onmessage = ({ data }) => come(data);
        }),
      );
    }
    return said;
  };
  expect(
    await unmeasured(connect, [
      [1, 'a', '/w/shared.js'],
      [2, 'a', '/w/shared.js'],
      [1, 'b', '/w/shared.js'],
    ]),
  ).toEqual([`shared worker ${harness.url}w/shared.js: other documents share it by its address`]);
});

test('a service worker that the page registers is listed as unmeasured', async () => {
  expect(
    await unmeasured(async () => {
      const registration = await navigator.serviceWorker.register('service.js');
      const worker = registration.installing ?? registration.waiting ?? registration.active;
      const answer = new Promise((come) =>
        navigator.serviceWorker.addEventListener('message', ({ data }) => come(data)),
      );
      navigator.serviceWorker.startMessages();
      worker?.postMessage('who');
      return await answer;
    }, '/w/service.js'),
  ).toEqual([`service worker ${harness.url}w/service.js: it outlives this page`]);
});

test('a worklet’s module is listed as unmeasured', async () => {
  expect(
    await unmeasured(async () => {
      const audio = new OfflineAudioContext(1, 128, 44_100);
      await audio.audioWorklet.addModule('worklet.js');
      new AudioWorkletNode(audio, 'one').connect(audio.destination);
      return (await audio.startRendering()).getChannelData(0)[5];
    }, 1),
  ).toEqual([`worklet ${harness.url}w/worklet.js: it has no clock`]);
});

test('a worker’s address is relative to the document’s base', async () => {
  expect(
    await expectSame(
      harness,
      () =>
        new Promise((come) => {
          new Worker('echo.js').onmessage = ({ data }) => come(data);
        }),
      'page',
    ),
  ).toBe('/w/echo.js');
});

test.each([
  'Worker',
  'SharedWorker',
])('%s throws the native error for an invalid address', async (name) => {
  expect(
    await expectSame(
      harness,
      `(() => { try { new ${name}('http://['); } catch (error) { return String(error); } })()` as never,
      'page',
    ),
  ).toContain('SyntaxError');
});
