import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Harness } from '../harness.ts';
import { expectSame, extensionAgent, openRealms, record, sessionOf } from './bothRealms.ts';

// Workers of data URLs, whose origin is their own, and what happens where an agent is twice.

const PAGE = `<!doctype html><script>globalThis.answer = (worker) => new Promise((done) => {
  worker.onmessage = ({ data }) => done(data);
  worker.onerror = (event) => {
    event.preventDefault();
    done([event.type, event.message, event.filename.slice(0, 40), event.lineno]);
  };
})</script>`;
declare const answer: (worker: Worker) => Promise<unknown>;

let harness: Harness;
beforeAll(async () => {
  harness = await openRealms({
    routes: {
      '/page': (_, response) => response.writeHead(200, { 'Content-Type': 'text/html' }).end(PAGE),
    },
  });
});
afterAll(() => harness?.close());

const same = <Result>(run: () => Result | Promise<Result>): Promise<Result> =>
  expectSame(harness, run, 'page');

test('a worker of a data URL has that address and an origin of its own', async () => {
  const script =
    'data:text/javascript,postMessage([location.href,location.pathname,self.origin,String(location)])';
  expect(
    await same(() =>
      answer(
        new Worker(
          'data:text/javascript,postMessage([location.href,location.pathname,self.origin,String(location)])',
        ),
      ),
    ),
  ).toEqual([script, script.slice(5), 'null', script]);
});

test('a data URL’s script is read as the browser reads it: escapes, base 64, letters beyond ASCII, fragments', async () => {
  expect(
    await same(() =>
      Promise.all(
        [
          'data:,postMessage(%22a%20b%22)',
          'data:text/javascript;charset=utf-8,postMessage("ü%E2%82%AC")',
          `data:text/javascript;base64,${btoa('postMessage("in base 64")')}`,
          'data:text/javascript,postMessage("before")#postMessage("after")',
          'data:text/javascript,"use strict";postMessage((function(){return this===undefined})())',
          'data:text/javascript,%0A%0Athrow[1,2]',
        ].map((url) => answer(new Worker(url))),
      ),
    ),
  ).toEqual([
    'a b',
    'ü€',
    'in base 64',
    'before',
    true,
    ['error', 'Uncaught 1,2', 'data:text/javascript,%0A%0Athrow[1,2]', 3],
  ]);
});

test('a worker of a data URL is a realm of the session', async () => {
  const { opened } = await record(
    harness,
    () => answer(new Worker('data:text/javascript,postMessage(1)', { name: 'data' })),
    'page',
  );
  const session = await sessionOf(opened, 2);
  expect(session.realms.map(({ name, url }) => [name, url])).toContainEqual([
    'data',
    'data:text/javascript',
  ]);
  await opened.close();
});

test('the agent evaluated again in a worker does nothing, and evaluated there alone it lets the worker be', async () => {
  const opened = await harness.open({ path: 'page', agent: false });
  const run = (source: string): Promise<unknown> =>
    opened.page.evaluate(async (text) => {
      const blob = new Blob([
        `${text};${text};postMessage([location.protocol, String(WebAssembly.compile)])`,
      ]);
      return answer(new Worker(URL.createObjectURL(blob)));
    }, source);
  expect(await run(extensionAgent())).toEqual(await run(''));
  await opened.close();
});
