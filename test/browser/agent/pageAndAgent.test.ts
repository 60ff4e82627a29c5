import type { ServerResponse } from 'node:http';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Session } from '../../../src/session/model.ts';
import type { Harness } from '../harness.ts';
import { callsOf, done, requestTo } from '../harness.ts';
import { expectSame, openPages, page } from './bothPages.ts';

const STRICT = "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'";
/** Called when the server sees the connection of `/endless` closed. */
let onClosed: () => void = () => {};

let harness: Harness;

beforeAll(async () => {
  const pour = (response: ServerResponse): void => {
    response.write(Buffer.alloc(1000, 7));
    response.on('close', () => onClosed());
  };
  harness = await openPages({
    routes: {
      '/endless': (_, response) =>
        pour(response.writeHead(200, { 'Content-Type': 'application/octet-stream' })),
      '/thousand': (_, response) =>
        response
          .writeHead(200, { 'Content-Type': 'application/octet-stream' })
          .end(Buffer.alloc(1000, 7)),
      '/strict': (_, response) =>
        response
          .writeHead(200, { 'Content-Type': 'text/html', 'Content-Security-Policy': STRICT })
          .end('<!doctype html><title>strict</title><script src="/strict.js"></script>'),
      '/strict.js': (_, response) =>
        response.writeHead(200, { 'Content-Type': 'text/javascript' }).end(`
        globalThis.violations = [];
        document.addEventListener('securitypolicyviolation', (event) => violations.push(event.violatedDirective));
        (async () => {
          const imports = { a: { one: (n) => n + 10, three: (n) => n, number: 7 }, b: { two() {} } };
          const { instance: { exports } } = await WebAssembly.instantiateStreaming(fetch('/border.wasm'), imports);
          for (let at = 0; at < 25; at++) exports.callOne(exports.table.get(1)(at));
          document.title = 'done';
        })();`),
      '/shown': (_, response) =>
        response
          .writeHead(200, { 'Content-Type': 'text/html' })
          .end(page('performance.mark("early");')),
    },
  });
});
afterAll(() => harness?.close());

test('the agent shows nothing of its own while wasm runs: no global, node, event or error', async () => {
  await expectSame(harness, async ({ border, imports }) => {
    const seen: string[] = [];
    const add = EventTarget.prototype.addEventListener;
    EventTarget.prototype.addEventListener = function (this: EventTarget, ...args: unknown[]) {
      seen.push(`listener ${String(args[0])}`);
      Reflect.apply(add, this, args);
    };
    const changes = new MutationObserver((records) => seen.push(`${records.length} nodes`));
    changes.observe(document, { subtree: true, childList: true, attributes: true });
    for (const type of [
      'message',
      'error',
      'unhandledrejection',
      'wasmscope:hello',
      'report',
      'command',
    ])
      addEventListener(type, () => seen.push(type), true);
    const { instance } = await WebAssembly.instantiate(await border(), imports());
    (instance.exports.callOne as (n: number) => number)(1);
    await (await fetch('/thousand')).text();
    seen.push(`${changes.takeRecords().length} records`);
    return [
      seen,
      Object.getOwnPropertyNames(window).sort(),
      Object.getOwnPropertySymbols(window).length,
      document.documentElement.outerHTML,
      document.childNodes.length,
      Object.getOwnPropertyNames(document),
      Object.keys(WebAssembly),
      Reflect.ownKeys(WebAssembly).map(String),
      Reflect.ownKeys(Object.prototype).map(String),
    ];
  });
});

describe('under a policy that allows only the page’s own scripts and wasm', () => {
  let session: Session;
  let violations: unknown;
  let messages: string[];
  beforeAll(async () => {
    const opened = await harness.open({ path: 'strict' });
    await done(opened.page);
    session = await opened.session();
    violations = await opened.page.evaluate('violations');
    messages = opened.messages;
    await opened.close();
  });

  test('every call is counted', () => {
    expect(callsOf(session)).toEqual({
      in: { 10: 25, 'table function 6': 25 },
      out: { 'a.one': 25 },
    });
  });

  test('all is measured', () => {
    expect(session.unmeasured).toEqual([]);
  });

  test('nothing is violated', () => {
    expect(violations).toEqual([]);
  });

  test('nothing is on the console', () => {
    expect(messages).toEqual([]);
  });
});

/** Aborts before the response, within the body and before the request, for a reason of its own. */
const abort = async () => {
  const reason = { of: 'the page' };
  const early = new AbortController();
  const first = fetch('/endless', { signal: early.signal }).catch(
    (error: unknown) => error === reason,
  );
  early.abort(reason);
  const late = new AbortController();
  const reader = (
    await fetch('/endless', { signal: late.signal })
  ).body?.getReader() as ReadableStreamDefaultReader;
  await reader.read();
  const read = reader.read().catch((error: unknown) => error === reason);
  late.abort(reason);
  const gone = await fetch('/thousand', { signal: AbortSignal.abort(reason) }).catch(
    (error: unknown) => error === reason,
  );
  return [
    await first,
    await read,
    gone,
    await reader.closed.catch((error: unknown) => error === reason),
  ];
};

test('a page that aborts gets its own reason, before a response and within its body', async () => {
  expect(await expectSame(harness, abort)).toEqual([true, true, true, true]);
});

describe('requests that the page aborts', () => {
  let session: Session;
  beforeAll(async () => {
    const opened = await harness.open({ path: 'page' });
    await opened.page.evaluate(abort);
    session = await opened.session();
    await opened.close();
  });

  test('end as aborted before their response, and with an error within the body', () => {
    const ends = requestTo(session, '/endless').map(({ error, stream }) => error ?? stream?.end);
    expect(ends.sort()).toEqual(['aborted', 'error']);
  });

  test('are recorded even if they never began', () => {
    expect(requestTo(session, '/thousand')).toMatchObject([{ error: 'aborted' }]);
  });
});

test.each([
  [
    'cancels its reader',
    "const reader = (await fetch('/endless')).body.getReader(); await reader.read(); await reader.cancel('enough');",
    'cancelled',
  ],
  [
    'reads into its own bytes and cancels',
    "const reader = (await fetch('/endless')).body.getReader({ mode: 'byob' }); await reader.read(new Uint8Array(1000)); await reader.cancel();",
    'cancelled',
  ],
  [
    'aborts what it reads',
    "const control = new AbortController(); const reader = (await fetch('/endless', { signal: control.signal })).body.getReader(); await reader.read(); const next = reader.read(); control.abort(); await next.catch(() => {});",
    'error',
  ],
])('the server sees that the page %s, and the chunk that it had is recorded', async (_, script, end) => {
  const closed = new Promise<void>((resolve) => {
    onClosed = resolve;
  });
  const opened = await harness.open({ path: 'page' });
  await opened.page.evaluate(`(async () => { ${script} })()`);
  await closed;
  const [row] = requestTo(await opened.session(), '/endless');
  expect(row?.stream).toMatchObject({ chunks: 1, bytes: 1000, end });
  expect(row?.stream?.firstChunk).toBeGreaterThanOrEqual(row?.startTime as number);
  expect(row?.stream?.lastChunk).toBe(row?.stream?.firstChunk);
  expect(opened.messages).toEqual([]);
  await opened.close();
});

describe('the chunks of a page have', () => {
  let session: Session;
  beforeAll(async () => {
    const opened = await harness.open({ path: 'shown' });
    await opened.page.evaluate(async () => {
      const seen = (type: string) =>
        new Promise<void>((resolve) => new PerformanceObserver(() => resolve()).observe({ type }));
      const long = seen('long-animation-frame');
      performance.mark('late', { startTime: 5 });
      performance.measure('between', 'late', 'early');
      await new Promise<void>((resolve) =>
        requestAnimationFrame(() => {
          const end = performance.now() + 120;
          while (performance.now() < end);
          resolve();
        }),
      );
      await long;
      const timed = seen('resource');
      await (await fetch('/thousand')).arrayBuffer();
      await timed;
    });
    session = await opened.session();
    await opened.close();
  });

  const spansOf = (kind: string) => session.spans.filter((span) => span.kind === kind);

  test('its marks', () => {
    const marks = spansOf('mark').map(({ name, duration }) => [name, duration]);
    expect(marks.sort()).toEqual([
      ['early', 0],
      ['late', 0],
    ]);
  });

  test('its measures', () => {
    expect(spansOf('measure')).toMatchObject([{ name: 'between' }]);
  });

  test('its long frames', () => {
    const long = spansOf('long-animation-frame').filter(({ duration }) => duration >= 100);
    expect(long).not.toEqual([]);
  });

  test('its requests, with sizes', () => {
    expect(requestTo(session, '/thousand')).toMatchObject([
      {
        initiator: 'fetch',
        status: 200,
        encodedBodySize: 1000,
        decodedBodySize: 1000,
        cache: 'network',
        error: null,
      },
    ]);
  });

  test('the phases of its requests in order', () => {
    const [request] = requestTo(session, '/thousand');
    const phases = [
      request?.startTime,
      request?.fetchStart,
      request?.requestStart,
      request?.responseStart,
      request?.responseEnd,
    ] as number[];
    expect(phases).toEqual([...phases].sort((a, b) => a - b));
  });
});
