import type { ServerResponse } from 'node:http';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Session } from '../../src/session/model.ts';
import { COUNTING } from '../fixtures/countingModule.ts';
import type { Harness, Opened } from './harness.ts';
import { openHarness, until } from './harness.ts';

const MB = 2 ** 20;
/** When the server saw a connection closed, by path. */
const closed = new Map<string, (at: number) => void>();
const closing = (path: string): Promise<number> =>
  new Promise((resolve) => closed.set(path, resolve));

/** Writes as fast as the page reads, without an end. */
function pour(response: ServerResponse, limit = Infinity): void {
  const block = Buffer.alloc(256 * 1024, 7);
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

let harness: Harness;
/** What the page's next word to the server does to the response that is under way. */
let next = (): unknown => undefined;
const arrived = deferred();

function deferred(): { promise: Promise<void>; resolve(): void } {
  let resolve = (): void => {};
  const promise = new Promise<void>((done) => {
    resolve = done;
  });
  return { promise, resolve };
}

/** A page in which `next()` has the server go on, a frame later, and `seen` are the times at which it had a chunk. */
const PACED = `<!doctype html><title>paced</title><script>
  globalThis.seen = [];
  globalThis.next = async () => {
    seen.push(performance.now());
    await new Promise(requestAnimationFrame);
    await fetch('/next');
  };
</script>`;

beforeAll(async () => {
  const tell = (path: string, response: ServerResponse) =>
    response.on('close', () => closed.get(path)?.(Date.now()));
  harness = await openHarness({
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
      // Five chunks: the first at once, another or the end each time that the page asks for `/next`.
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
        tell('/endless', response);
        pour(response);
      },
      '/huge': (_, response) => {
        response.writeHead(200, {
          'Content-Type': 'application/octet-stream',
          'Content-Length': String(8192 * MB),
        });
        tell('/huge', response);
        pour(response, 8192 * MB);
      },
      // Never answered; `/arrived` is, once the request has come.
      '/slow': (_, response) => {
        tell('/slow', response);
        arrived.resolve();
      },
      '/arrived': (_, response) => void arrived.promise.then(() => response.writeHead(204).end()),
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
});
afterAll(() => harness?.close());

const requestTo = (session: Session, path: string) =>
  session.requests.filter(({ url }) => new URL(url).pathname === path);

/** Whether all that is known of a request will not change any more. */
const isOver = ({ responseEnd, error, stream }: Session['requests'][number]): boolean =>
  error !== null || (responseEnd !== null && (!stream || stream.end !== null));

/** Runs a page's code with the agent and returns the session once so many requests are in it, and all are over. */
async function recorded(
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

test('records a fetch with status, type, phases and sizes', async () => {
  const { session, opened } = await recorded(
    async () => void (await (await fetch('/text?secret=1#part')).text()),
  );
  const rows = requestTo(session, '/text');
  expect(rows).toHaveLength(1);
  const row = rows[0] as Session['requests'][number];
  expect(row).toMatchObject({
    method: 'GET',
    initiator: 'fetch',
    status: 200,
    contentType: 'text/plain; charset=utf-8',
    protocol: 'http/1.1',
    decodedBodySize: 9,
    cache: 'network',
    stream: null,
    error: null,
  });
  expect(row.url).toBe(`${harness.url}text`);
  expect(row.responseStart).toBeGreaterThanOrEqual(row.requestStart as number);
  expect(row.headersAt).toBeGreaterThanOrEqual(row.startTime);
  expect(requestTo(session, '/blank')).toMatchObject([{ initiator: 'navigation', status: 200 }]);
  expect(opened.messages).toEqual([]);
  await opened.close();
});

test('records status and failure as they were: not found, moved, refused, aborted, posted, from the cache', async () => {
  const { session, opened } = await recorded(
    async () => {
      await fetch('/missing');
      await (await fetch('/moved')).text();
      await fetch('http://127.0.0.1:9/refused').catch(() => {});
      const controller = new AbortController();
      const slow = fetch('/slow', { signal: controller.signal }).catch(() => {});
      await fetch('/arrived');
      controller.abort();
      await slow;
      await fetch(new Request('/text', { method: 'POST', body: 'x' }));
      await (await fetch('/cached')).text();
      await (await fetch('/cached')).text();
      const request = new XMLHttpRequest();
      request.open('GET', '/text');
      const loaded = new Promise((resolve) => request.addEventListener('load', resolve));
      request.send();
      await loaded;
    },
    { requests: 9 },
  );
  expect(requestTo(session, '/missing')).toMatchObject([{ status: 404, error: null }]);
  expect(requestTo(session, '/moved')).toMatchObject([{ status: 200, decodedBodySize: 9 }]);
  expect(requestTo(session, '/refused')).toMatchObject([
    { initiator: 'fetch', error: expect.stringMatching(/fail/i) },
  ]);
  expect(requestTo(session, '/slow')).toMatchObject([
    { initiator: 'fetch', error: expect.stringMatching(/abort/i) },
  ]);
  expect(
    requestTo(session, '/text')
      .map(({ method, initiator }) => [method, initiator])
      .sort(),
  ).toEqual([
    ['GET', 'xmlhttprequest'],
    ['POST', 'fetch'],
  ]);
  expect(requestTo(session, '/cached').map(({ cache }) => cache)).toEqual(['network', 'cache']);
  await opened.close();
});

test('tells apart requests for one URL at one time', async () => {
  const { session, opened } = await recorded(
    async () => {
      await Promise.all(Array.from({ length: 12 }, async () => (await fetch('/text')).text()));
    },
    { requests: 12 },
  );
  const rows = requestTo(session, '/text');
  expect(rows).toHaveLength(12);
  expect(
    rows.every(({ decodedBodySize, responseEnd }) => decodedBodySize === 9 && responseEnd !== null),
  ).toBe(true);
  expect(new Set(rows.map(({ responseEnd }) => responseEnd)).size).toBeGreaterThan(1);
  await opened.close();
});

/** In the page `/paced`. */
interface Paced {
  seen: number[];
  next(): Promise<void>;
}

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
])('sees the chunks of a stream that the page reads by %s', async (_, run) => {
  const { session, opened } = await recorded(run, { path: 'paced', requests: 6 });
  const { stream, headersAt } = requestTo(session, '/five')[0] as Session['requests'][number];
  expect(stream).toMatchObject({ chunks: 5, bytes: 5000, end: 'complete' });
  // The page itself has a chunk when the agent has seen it.
  const seen = await opened.page.evaluate(() => (globalThis as unknown as Paced).seen);
  const gaps = seen
    .slice(1)
    .map((time, at) => time - (seen[at] as number))
    .sort((a, b) => a - b);
  expect(stream?.firstChunk).toBeGreaterThanOrEqual(headersAt as number);
  expect(stream?.firstChunk).toBeLessThanOrEqual(seen[0] as number);
  expect(stream?.medianGap).toBeGreaterThan((gaps[0] as number) / 2);
  expect(stream?.medianGap).toBeLessThan((gaps[3] as number) * 2);
  expect(stream?.maxGap).toBeGreaterThanOrEqual(stream?.medianGap as number);
  await opened.close();
});

test('has no figures of chunks where the page took the body whole', async () => {
  const { session, opened } = await recorded(
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

test('sees a stream that breaks off', async () => {
  const { session, opened } = await recorded(
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
])('lets the server see at once that the page %s', async (_, run) => {
  const seen = closing('/endless');
  const opened = await harness.open();
  await opened.page.evaluate(run);
  const cancelled = Date.now();
  expect((await seen) - cancelled).toBeLessThan(1000);
  const session = await opened.session();
  expect(requestTo(session, '/endless')).toMatchObject([{ stream: { end: 'cancelled' } }]);
  await opened.close();
});

test('holds nothing of an endless body: 500 MB read and dropped', async () => {
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

test('buffers nothing of an 8 GB body that is stopped after 32 KB', async () => {
  const seen = closing('/huge');
  const { session, opened } = await recorded(async () => {
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

test('compiles a stream that comes from a blob URL', async () => {
  const both = await harness.bothWays(async () => {
    const blob = new Blob([await (await fetch('/counting.wasm')).arrayBuffer()], {
      type: 'application/wasm',
    });
    const promise = fetch(URL.createObjectURL(blob));
    const module = await WebAssembly.compileStreaming(promise);
    return [
      String(module),
      String(promise),
      promise instanceof Promise,
      WebAssembly.Module.exports(module).length > 0,
    ];
  });
  expect(both.with).toEqual(both.without);
  expect(both.without).toEqual(['[object WebAssembly.Module]', '[object Promise]', true, true]);
});

test('joins a streamed module with its request', async () => {
  const { session, opened } = await recorded(async () => {
    await WebAssembly.compileStreaming(fetch('/counting.wasm'));
  });
  const request = requestTo(session, '/counting.wasm')[0] as Session['requests'][number];
  expect(session.modules).toMatchObject([
    {
      url: `${harness.url}counting.wasm`,
      streamed: true,
      wireBytes: request.transferSize,
      requestStart: request.requestStart,
      responseStart: request.responseStart,
      responseEnd: request.responseEnd,
    },
  ]);
  expect(request.transferSize).toBeGreaterThan(0);
  await opened.close();
});

test('is active and silent under a strict policy with Trusted Types', async () => {
  const { session, opened } = await recorded(
    async () => void (await (await fetch('/text')).text()),
    { path: 'strict' },
  );
  expect(requestTo(session, '/text')).toMatchObject([{ status: 200 }]);
  expect(
    await opened.page.evaluate(
      () => (globalThis as unknown as { violations: string[] }).violations,
    ),
  ).toEqual([]);
  expect(opened.messages).toEqual([]);
  await opened.close();
});

const SABOTAGE = `
  const bad = (name) => () => { throw new Error('the agent ran the page’s ' + name); };
  Array.prototype.toJSON = Object.prototype.toJSON = String.prototype.toJSON = bad('toJSON');
  for (const type of [Map, Set, WeakMap, WeakSet]) {
    for (const name of ['get', 'set', 'add', 'has', 'delete', 'forEach']) if (name in type.prototype) type.prototype[name] = bad(type.name + '.' + name);
  }
  Promise.prototype.then = Promise.prototype.catch = Promise.prototype.finally = bad('then');
  for (const name of ['Map', 'Set', 'WeakMap', 'Promise', 'URL', 'Response', 'Request', 'PerformanceObserver', 'Proxy', 'Reflect', 'setTimeout', 'CustomEvent']) globalThis[name] = bad(name);
  JSON.stringify = JSON.parse = bad('JSON');
  performance.now = bad('now');
  EventTarget.prototype.dispatchEvent = EventTarget.prototype.addEventListener = bad('events');
  Function.prototype.call = Function.prototype.apply = Function.prototype.bind = bad('call');
`;

test('goes on recording in a page that replaces the built-ins, and neither meets the other', async () => {
  const opened = await harness.open();
  // The debugger's own waiting for a promise runs the page's `then`: the page tells by its URL that it is done.
  const finished = new Promise((resolve) => opened.page.once('framenavigated', resolve));
  await opened.page.evaluate(`void (async () => {
    ${SABOTAGE}
    const response = await fetch('/text');
    const reader = response.body.getReader();
    const first = await reader.read();
    // Given a promise, the engine itself runs the page's \`then\`.
    const module = await WebAssembly.compileStreaming(await fetch('/counting.wasm'));
    globalThis.seen = [response.status, first.value.length, (await reader.read()).done, WebAssembly.Module.exports(module).length > 0];
    location.hash = 'done';
  })()`);
  await finished;
  expect(await opened.page.evaluate('seen')).toEqual([200, 9, true, true]);
  const session = await opened.session();
  expect(requestTo(session, '/text')).toMatchObject([
    { status: 200, stream: { chunks: 1, bytes: 9, end: 'complete' } },
  ]);
  expect(session.modules).toMatchObject([{ streamed: true, error: null }]);
  expect(session.unmeasured.filter(({ reason }) => reason.includes('the agent ran'))).toEqual([]);
  expect(opened.messages).toEqual([]);
  await opened.close();
});

test('leaves the page its values where even arrays and text are broken and the agent cannot go on', async () => {
  const opened = await harness.open();
  const seen = await opened.page.evaluate(`(async () => {
    const bad = () => { throw new Error('broken by the page'); };
    for (const name of ['push', 'pop', 'splice', 'map', 'filter', 'forEach', 'slice', 'sort', 'find', 'findIndex', 'join']) Array.prototype[name] = bad;
    for (const name of ['split', 'slice', 'replace', 'search', 'startsWith', 'toUpperCase']) String.prototype[name] = bad;
    const response = await fetch('/text');
    const reader = response.body.getReader();
    const first = await reader.read();
    return [response.status, first.value.length, (await reader.read()).done, await (await fetch('/text')).text()];
  })()`);
  expect(seen).toEqual([200, 9, true, 'some text']);
  expect(opened.messages).toEqual([]);
  await opened.close();
});

test('gives the page its natives back when told to stop', async () => {
  const opened = await harness.open();
  await opened.page.evaluate(() => {
    (globalThis as unknown as { before: unknown[] }).before = [
      fetch,
      ReadableStream.prototype.getReader,
      Function.prototype.toString,
      WebAssembly.instantiate,
    ];
  });
  await opened.stop();
  const same = await opened.page.evaluate(() => {
    const now = [
      fetch,
      ReadableStream.prototype.getReader,
      Function.prototype.toString,
      WebAssembly.instantiate,
    ];
    return (globalThis as unknown as { before: unknown[] }).before.map((fn, at) => fn === now[at]);
  });
  expect(same).toEqual([false, false, false, false]);
  await opened.close();
});
