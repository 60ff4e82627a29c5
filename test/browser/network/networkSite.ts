import type { ServerResponse } from 'node:http';
import type { Session } from '../../../src/session/model.ts';
import { COUNTING } from '../../fixtures/countingModule.ts';
import type { Harness, Opened } from '../harness.ts';
import { openHarness, until } from '../harness.ts';

// A server whose responses the tests of the network hold back, break off and pour.

export const MB = 2 ** 20;
const BLOCK = 256 * 1024;

/** Called when the server sees a connection closed, by path. */
const onClosed = new Map<string, (time: number) => void>();

/** Resolves with the time at which the server sees the connection of this path closed. */
export const closing = (path: string): Promise<number> =>
  new Promise((resolve) => onClosed.set(path, resolve));

/** What the page's next word to the server does to the response that is under way. */
let next = (): unknown => undefined;

/** Writes as fast as the page reads, without an end. */
function pour(response: ServerResponse, limit = Infinity): void {
  const block = Buffer.alloc(BLOCK, 7);
  let sent = 0;
  const go = (): void => {
    while (!response.destroyed && sent < limit) {
      sent += block.length;
      if (!response.write(block)) {
        response.once('drain', go);
        return;
      }
    }
    response.end();
  };
  go();
}

/**
 * A page in which `next()` has the server go on, a frame later; `seen` are the times at which it
 * had a chunk.
 */
const PACED = `<!doctype html><title>paced</title><script>
  globalThis.seen = [];
  globalThis.next = async () => {
    seen.push(performance.now());
    await new Promise(requestAnimationFrame);
    await fetch('/next');
  };
</script>`;

/** What the page `/paced` has. */
export interface Paced {
  seen: number[];
  next(): Promise<void>;
}

export function openNetworkHarness(): Promise<Harness> {
  let tellArrived = (): void => {};
  const arrived = new Promise<void>((resolve) => {
    tellArrived = resolve;
  });
  const reportClosed = (path: string, response: ServerResponse) =>
    response.on('close', () => onClosed.get(path)?.(Date.now()));
  return openHarness({
    routes: {
      '/text': (_, response) =>
        response.writeHead(200, { 'Content-Type': 'text/plain; charset=utf-8' }).end('some text'),
      '/missing': (_, response) =>
        response.writeHead(404, { 'Content-Type': 'text/html' }).end('not here'),
      '/moved': (_, response) => response.writeHead(302, { Location: '/text' }).end(),
      '/cached': (_, response) =>
        response
          .writeHead(200, { 'Content-Type': 'text/plain', 'Cache-Control': 'max-age=1000' })
          .end('x'.repeat(5000)),
      '/paced': (_, response) =>
        response.writeHead(200, { 'Content-Type': 'text/html' }).end(PACED),
      // Five chunks: the first at once, another or the end each time that the page asks for
      // `/next`.
      '/five': (_, response) => {
        let sent = 0;
        next = () => (sent++ < 5 ? response.write(Buffer.alloc(1000, sent)) : response.end());
        response.writeHead(200, { 'Content-Type': 'application/octet-stream' });
        next();
      },
      '/next': (_, response) => {
        next();
        response.writeHead(204).end();
      },
      '/endless': (_, response) => {
        response.writeHead(200, { 'Content-Type': 'application/octet-stream' });
        reportClosed('/endless', response);
        pour(response);
      },
      '/huge': (_, response) => {
        response.writeHead(200, {
          'Content-Type': 'application/octet-stream',
          'Content-Length': String(8192 * MB),
        });
        reportClosed('/huge', response);
        pour(response, 8192 * MB);
      },
      // Never answered; `/arrived` is, once the request has come.
      '/slow': (_, response) => {
        reportClosed('/slow', response);
        tellArrived();
      },
      '/arrived': (_, response) => void arrived.then(() => response.writeHead(204).end()),
      // Breaks off when the page asks for `/break`.
      '/cut': (_, response) => {
        next = () => response.destroy();
        response.writeHead(200, { 'Content-Length': '1000' }).write('begun');
      },
      '/break': (_, response) => {
        next();
        response.writeHead(204).end();
      },
      '/counting.wasm': (_, response) =>
        response.writeHead(200, { 'Content-Type': 'application/wasm' }).end(COUNTING),
      '/strict': (_, response) =>
        response
          .writeHead(200, {
            'Content-Type': 'text/html',
            'Content-Security-Policy':
              "default-src 'none'; script-src 'nonce-a' 'wasm-unsafe-eval'; connect-src 'self'; require-trusted-types-for 'script'; trusted-types 'none'",
          })
          .end(`<!doctype html><script nonce="a">
        globalThis.violations = [];
        addEventListener('securitypolicyviolation', (event) => violations.push(event.violatedDirective));
        document.title = 'done';
      </script>`),
    },
  });
}

/** Whether nothing of a request will change any more. */
const isOver = ({ responseEnd, error, stream }: Session['requests'][number]): boolean =>
  error !== null || (responseEnd !== null && (!stream || stream.end !== null));

/** Runs code in a page with the agent. The session has so many requests then, and all are over. */
export async function recorded(
  harness: Harness,
  run: () => unknown,
  { path = 'blank', requests = 1 } = {},
): Promise<{ session: Session; opened: Opened }> {
  const opened = await harness.open({ path });
  await opened.page.evaluate(run);
  const session = await until(
    opened,
    (now) =>
      now.requests.filter(({ initiator }) => initiator !== 'navigation').length >= requests &&
      now.requests.every(isOver),
  );
  return { session, opened };
}
