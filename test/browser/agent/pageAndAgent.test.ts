import type { ServerResponse } from 'node:http';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Session } from '../../../src/session/model.ts';
import type { Harness } from '../harness.ts';
import { agentScript, callsOf, done } from '../harness.ts';
import { expectSame, openPages, page } from './bothPages.ts';

const STRICT = "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'";
/** Told when the server sees the connection of `/endless` closed. */
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

const requestTo = (session: Session, path: string) =>
  session.requests.filter(({ url }) => new URL(url).pathname === path);

/** A page's work after it has tampered: what it came to, and which of the page's replacements ran meanwhile. */
// Not `compileStreaming(fetch(…))`: given a promise, the engine itself runs the page's `then`, and the agent's stand-in spares that.
const WORK = `(async () => {
  const { instance } = await WebAssembly.instantiate(await border(), imports());
  const module = await WebAssembly.compileStreaming(await fetch('/border.wasm'));
  const second = await WebAssembly.instantiate(module, { a: { one: instance.exports.add, three: (n) => n, number: 1 }, b: { two() {} } });
  let sum = 0;
  for (let at = 0; at < 20; at++) sum += instance.exports.callOne(at) + second.exports.callOne(at) + instance.exports.table.get(1)(at);
  const reader = (await fetch('/thousand')).body.getReader();
  let bytes = 0;
  for (let read = await reader.read(); !read.done; read = await reader.read()) bytes += read.value.length;
  const map = new Map([['a', [1, 2]]]);
  return { text: JSON.stringify({ sum, bytes, list: [1, [2]], map: map.get('a') }), parsed: JSON.parse('[1,{"a":2}]'), then: await Promise.resolve(4).then((n) => n + 1), log: log.slice() };
})()`;
const COUNTS = { in: { 10: 40, 'table function 6': 20 }, out: { 'a.one': 20 } };

const wrap = (holder: string, names: string[]): string =>
  names
    .map(
      (name) => `{
  const native = ${holder}.${name};
  ${holder}.${name} = function (...args) { log.push('${holder}.${name}'); return Reflect.apply(native, this, args); };
}`,
    )
    .join('\n');
const TAMPERINGS: [name: string, script: string][] = [
  [
    'Array.prototype.toJSON',
    "Array.prototype.toJSON = function () { log.push('toJSON'); return 'tampered ' + this.length; };",
  ],
  ['Promise.prototype.then', wrap('Promise.prototype', ['then', 'catch', 'finally'])],
  ['JSON', wrap('JSON', ['stringify', 'parse'])],
  [
    'Map and WeakMap',
    `${wrap('Map.prototype', ['get', 'set', 'has', 'delete', 'forEach'])} ${wrap('WeakMap.prototype', ['get', 'set', 'has', 'delete'])}
    for (const name of ['Map', 'WeakMap']) globalThis[name] = class extends globalThis[name] { constructor(...args) { super(...args); log.push('new ' + name); } };`,
  ],
  [
    'Reflect and Function.prototype',
    `const R = Reflect; const { apply } = R; ${['Reflect', 'Function.prototype']
      .map(
        (holder) =>
          `{ const native = ${holder}.apply; ${holder}.apply = function (...args) { log.push('${holder}.apply'); return apply(native, this, args); }; }`,
      )
      .join(' ')}`,
  ],
];

test.each(
  TAMPERINGS,
)('goes on in a page that replaces %s after it came: nothing of the page’s is run by it', async (_, script) => {
  const look = async (agent: boolean) => {
    const opened = await harness.open({ path: 'page', agent });
    await opened.page.evaluate(`globalThis.log = []; { ${script} }`);
    const seen = await opened.page.evaluate(WORK);
    const calls = agent ? callsOf(await opened.session()) : null;
    const { messages } = opened;
    await opened.close();
    return { seen, calls, messages };
  };
  const without = await look(false);
  expect(await look(true)).toEqual({ ...without, calls: COUNTS });
});

test.each(
  TAMPERINGS,
)('comes to a page that has replaced %s: the page’s result is the same and chunks arrive', async (_, script) => {
  const look = async (agent: boolean) => {
    const opened = await harness.open({ path: 'page', agent: false, bridge: agent });
    await opened.page.evaluate(`globalThis.log = []; { ${script} }`);
    if (agent) await opened.page.evaluate(agentScript());
    const { log: _log, ...seen } = (await opened.page.evaluate(WORK)) as { log: string[] };
    const calls = agent ? callsOf(await opened.session()) : null;
    const { messages } = opened;
    await opened.close();
    return { seen, calls, messages };
  };
  const without = await look(false);
  expect(await look(true)).toEqual({ ...without, calls: COUNTS });
});

test('does nothing when evaluated a second time, before the page or in it', async () => {
  const opened = await harness.open({ path: 'page', agent: `${agentScript()};${agentScript()}` });
  await opened.page.evaluate(agentScript());
  await opened.page.evaluate(`globalThis.log = []; ${WORK}`);
  const session = await opened.session();
  const chunks = await opened.chunks();
  expect(callsOf(session)).toEqual(COUNTS);
  expect(session.modules).toHaveLength(2);
  expect(requestTo(session, '/thousand')).toHaveLength(1);
  expect(new Set(chunks.map(({ realm }) => realm)).size).toBe(1);
  expect(chunks.map(({ seq }) => seq)).toEqual(chunks.map((_, at) => at));
  await opened.close();
});

test('shows nothing of its own while wasm runs: no global, node, event or error', async () => {
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

test('counts under a policy that allows the page’s own scripts and wasm, and breaks none of it', async () => {
  const opened = await harness.open({ path: 'strict' });
  await done(opened.page);
  const session = await opened.session();
  expect(callsOf(session)).toEqual({
    in: { 10: 25, 'table function 6': 25 },
    out: { 'a.one': 25 },
  });
  expect(session.unmeasured).toEqual([]);
  expect(await opened.page.evaluate('violations')).toEqual([]);
  expect(opened.messages).toEqual([]);
  await opened.close();
});

test('gives the page the reason that it aborts with, before and within a body, and records both', async () => {
  const work = async () => {
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
  expect(await expectSame(harness, work)).toEqual([true, true, true, true]);
  const opened = await harness.open({ path: 'page' });
  await opened.page.evaluate(work);
  const session = await opened.session();
  expect(
    requestTo(session, '/endless')
      .map(({ error, stream }) => error ?? stream?.end)
      .sort(),
  ).toEqual(['aborted', 'error']);
  expect(requestTo(session, '/thousand')).toMatchObject([{ error: 'aborted' }]);
  await opened.close();
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
])('lets the server see that the page %s, and records the chunk it had', async (_, script, end) => {
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

test('has requests with phases, marks, measures and long frames in its chunks', async () => {
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
  const { spans, requests } = await opened.session();
  const of = (kind: string) => spans.filter((span) => span.kind === kind);
  expect(
    of('mark')
      .map(({ name, duration }) => [name, duration])
      .sort(),
  ).toEqual([
    ['early', 0],
    ['late', 0],
  ]);
  expect(of('measure')).toMatchObject([{ name: 'between' }]);
  expect(of('long-animation-frame').some(({ duration }) => duration >= 100)).toBe(true);
  const [request] = requests.filter(({ url }) => url.endsWith('/thousand'));
  expect(request).toMatchObject({
    initiator: 'fetch',
    status: 200,
    encodedBodySize: 1000,
    decodedBodySize: 1000,
    cache: 'network',
    error: null,
  });
  const phases = [
    request?.startTime,
    request?.fetchStart,
    request?.requestStart,
    request?.responseStart,
    request?.responseEnd,
  ] as number[];
  expect(phases).toEqual([...phases].sort((a, b) => a - b));
  await opened.close();
});
