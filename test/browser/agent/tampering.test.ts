import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Chunk } from '../../../src/protocol/chunk.ts';
import type { Session } from '../../../src/session/model.ts';
import { COUNTING } from '../../fixtures/countingModule.ts';
import type { Harness } from '../harness.ts';
import { agentScript, callsOf, requestTo } from '../harness.ts';
import { openPages } from './bothPages.ts';

// Pages that replace what the agent might run, after it came or before.

let harness: Harness;

beforeAll(async () => {
  harness = await openPages({
    routes: {
      '/text': (_, response) =>
        response.writeHead(200, { 'Content-Type': 'text/plain' }).end('some text'),
      '/counting.wasm': (_, response) =>
        response.writeHead(200, { 'Content-Type': 'application/wasm' }).end(COUNTING),
      '/thousand': (_, response) =>
        response
          .writeHead(200, { 'Content-Type': 'application/octet-stream' })
          .end(Buffer.alloc(1000, 7)),
    },
  });
});
afterAll(() => harness?.close());

/**
 * What a page does after it has replaced something: what it comes to, and which replacements ran.
 * Not `compileStreaming(fetch(…))`: given a promise, the engine itself runs the page's `then`,
 * which the agent's stand-in does not.
 */
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

interface Seen {
  seen: { log?: string[] };
  calls: ReturnType<typeof callsOf> | null;
  messages: string[];
}

/** Replaces something in a page where the agent is already. */
async function replaceAfterAgent(script: string, agent: boolean): Promise<Seen> {
  const { page, messages, session, close } = await harness.open({ path: 'page', agent });
  await page.evaluate(`globalThis.log = []; { ${script} }`);
  const seen = (await page.evaluate(WORK)) as Seen['seen'];
  const calls = agent ? callsOf(await session()) : null;
  await close();
  return { seen, calls, messages };
}

/** Replaces something in a page to which the agent comes later. */
async function replaceBeforeAgent(script: string, agent: boolean): Promise<Seen> {
  const options = { path: 'page', agent: false, bridge: agent };
  const { page, messages, session, close } = await harness.open(options);
  await page.evaluate(`globalThis.log = []; { ${script} }`);
  if (agent) await page.evaluate(agentScript());
  // The agent may run what was replaced before it came.
  const { log: _, ...seen } = (await page.evaluate(WORK)) as { log: string[] };
  const calls = agent ? callsOf(await session()) : null;
  await close();
  return { seen, calls, messages };
}

describe.each(TAMPERINGS)('a page that replaces %s', (_, script) => {
  describe.each([
    ['after the agent came', replaceAfterAgent],
    ['before the agent comes', replaceBeforeAgent],
  ])('%s', (_when, replace) => {
    let without: Seen;
    let withAgent: Seen;
    beforeAll(async () => {
      without = await replace(script, false);
      withAgent = await replace(script, true);
    });

    test('comes to the same as without the agent', () => {
      expect(withAgent.seen).toEqual(without.seen);
    });

    test('is counted', () => {
      expect(withAgent.calls).toEqual(COUNTS);
    });

    test('has the same on its console as without the agent', () => {
      expect(withAgent.messages).toEqual(without.messages);
    });
  });
});

describe('an agent that is evaluated a second and third time', () => {
  let session: Session;
  let chunks: Chunk[];
  beforeAll(async () => {
    const opened = await harness.open({ path: 'page', agent: `${agentScript()};${agentScript()}` });
    await opened.page.evaluate(agentScript());
    await opened.page.evaluate(`globalThis.log = []; ${WORK}`);
    session = await opened.session();
    chunks = await opened.chunks();
    await opened.close();
  });

  test('counts every call once', () => {
    expect(callsOf(session)).toEqual(COUNTS);
  });

  test('records every module once', () => {
    expect(session.modules).toHaveLength(2);
  });

  test('records every request once', () => {
    expect(requestTo(session, '/thousand')).toHaveLength(1);
  });

  test('hands over the chunks of one realm', () => {
    expect(new Set(chunks.map(({ realm }) => realm)).size).toBe(1);
  });

  test('numbers its chunks without a gap', () => {
    expect(chunks.map(({ seq }) => seq)).toEqual(chunks.map((_, index) => index));
  });
});

/** Replaces what the agent might run by what throws. */
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

describe('in a page that replaces the built-ins after the agent came', () => {
  let seen: unknown;
  let session: Session;
  let messages: string[];
  beforeAll(async () => {
    const opened = await harness.open();
    // When the debugger waits for a promise, that runs the page's `then`: the page says by its URL
    // that it is done.
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
    seen = await opened.page.evaluate('seen');
    session = await opened.session();
    messages = opened.messages;
    await opened.close();
  });

  test('the page has what the natives give it', () => {
    expect(seen).toEqual([200, 9, true, true]);
  });

  test('requests are recorded', () => {
    expect(requestTo(session, '/text')).toMatchObject([
      { status: 200, stream: { chunks: 1, bytes: 9, end: 'complete' } },
    ]);
  });

  test('modules are recorded', () => {
    expect(session.modules).toMatchObject([{ streamed: true, error: null }]);
  });

  test('the agent runs nothing of the page’s', () => {
    const ran = session.unmeasured.filter(({ reason }) => reason.includes('the agent ran'));
    expect(ran).toEqual([]);
  });

  test('nothing is on the console', () => {
    expect(messages).toEqual([]);
  });
});

describe('in a page where even arrays and text are broken, so that the agent cannot go on', () => {
  let seen: unknown;
  let messages: string[];
  beforeAll(async () => {
    const opened = await harness.open();
    seen = await opened.page.evaluate(`(async () => {
      const bad = () => { throw new Error('broken by the page'); };
      for (const name of ['push', 'pop', 'splice', 'map', 'filter', 'forEach', 'slice', 'sort', 'find', 'findIndex', 'join']) Array.prototype[name] = bad;
      for (const name of ['split', 'slice', 'replace', 'search', 'startsWith', 'toUpperCase']) String.prototype[name] = bad;
      const response = await fetch('/text');
      const reader = response.body.getReader();
      const first = await reader.read();
      return [response.status, first.value.length, (await reader.read()).done, await (await fetch('/text')).text()];
    })()`);
    // Before the page goes: the agent's last chunk needs what is broken.
    messages = [...opened.messages];
    await opened.close();
  });

  test('the page has what the natives give it', () => {
    expect(seen).toEqual([200, 9, true, 'some text']);
  });

  test('nothing is on the console', () => {
    expect(messages).toEqual([]);
  });
});

describe('after Stop', () => {
  let same: boolean[];
  beforeAll(async () => {
    const opened = await harness.open();
    const natives =
      '[fetch, ReadableStream.prototype.getReader, Function.prototype.toString, WebAssembly.instantiate]';
    await opened.page.evaluate(`globalThis.before = ${natives}; 0`);
    await opened.stop();
    same = (await opened.page.evaluate(
      `${natives}.map((native, index) => native === before[index])`,
    )) as boolean[];
    await opened.close();
  });

  test.each(
    ['fetch', 'getReader', 'toString', 'instantiate'].map((name, index) => ({ name, index })),
  )('the page no longer has the agent’s $name', ({ index }) => {
    expect(same[index]).toBe(false);
  });
});
