import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Opened } from '../harness.ts';
import { describeFacts } from './describeFacts.ts';
import type { Oracle, OracleHarness } from './openOracle.ts';
import { openOracle } from './openOracle.ts';

let opened: OracleHarness;
const oracle = (): OracleHarness => opened;

beforeAll(async () => {
  opened = await openOracle();
});
afterAll(() => opened?.close());

test('what is no module is refused with the engine’s class and message', async () => {
  await opened.same(async ({ attempt, border }) => {
    const bytes = await border();
    const sources: unknown[] = [
      undefined,
      null,
      1,
      'text',
      {},
      new Uint8Array(),
      new ArrayBuffer(4),
      bytes.subarray(0, 40),
      new Uint8Array([0, 97, 115, 109, 9, 0, 0, 0]),
      new DataView(bytes.buffer),
    ];
    const { instantiate, compile, validate } = WebAssembly;
    const ways: Record<string, (source: BufferSource) => unknown> = {
      instantiate: (source) => instantiate(source),
      compile: (source) => compile(source),
      'new Module': (source) => new WebAssembly.Module(source),
      'new Instance': (source) => new WebAssembly.Instance(source as never),
      validate: (source) => validate(source),
      compileStreaming: (source) => WebAssembly.compileStreaming(source as never),
      instantiateStreaming: (source) => WebAssembly.instantiateStreaming(source as never),
    };
    const lines: string[] = [];
    for (const [index, source] of sources.entries()) {
      for (const [name, way] of Object.entries(ways))
        lines.push(`source ${index} by ${name}: ${await attempt(() => way(source as never))}`);
    }
    return lines;
  });
});

test('a response without a module is refused with the engine’s class and message', async () => {
  await opened.same(async ({ attempt, imports }) => {
    const lines: string[] = [];
    for (const path of ['/text.wasm', '/missing.wasm', '/bad.wasm', '/empty.wasm', 'http://[']) {
      const compiled = await attempt(() => WebAssembly.compileStreaming(fetch(path)));
      const instantiated = await attempt(() =>
        WebAssembly.instantiateStreaming(fetch(path), imports()),
      );
      lines.push(`${path} compiled: ${compiled}`, `${path} instantiated: ${instantiated}`);
    }
    return lines;
  });
});

describeFacts('what cannot be loaded or made', {
  oracle,
  setUp: async ({ border }) => {
    const used = await fetch('/border.wasm');
    await used.arrayBuffer();
    const locked = await fetch('/border.wasm');
    locked.body?.getReader();
    return { code: await border(), locked, own: new RangeError('the page’s'), used };
  },
  same: {
    'a response that was read': ({ attempt, used }) =>
      attempt(() => WebAssembly.compileStreaming(used)),
    'a response that is locked': ({ attempt, locked }) =>
      attempt(() => WebAssembly.compileStreaming(locked)),
    'a response without a type': ({ attempt, code }) =>
      attempt(() => WebAssembly.compileStreaming(new Response(code))),
    'an error response': ({ attempt }) =>
      attempt(() => WebAssembly.compileStreaming(Response.error())),
    'a response that the page made': ({ attempt, code }) => {
      const headers = { 'Content-Type': 'application/wasm' };
      return attempt(() => WebAssembly.compileStreaming(new Response(code, { headers })));
    },
    'a promise that the page rejects': ({ attempt, own }) =>
      attempt(() =>
        WebAssembly.compileStreaming(Promise.reject(own)).catch((error) => error === own),
      ),
    nothing: ({ attempt }) => attempt(() => (WebAssembly.instantiate as () => unknown)()),
    'a module without `new`': ({ attempt }) =>
      attempt(() => (WebAssembly.Module as unknown as () => unknown)()),
    'the page’s own function in a table': ({ attempt }) =>
      attempt(() =>
        new WebAssembly.Table({ element: 'anyfunc', initial: 1 }).set(0, (() => {}) as never),
      ),
    'a place beyond a table': ({ attempt }) =>
      attempt(() => new WebAssembly.Table({ element: 'anyfunc', initial: 1 }).get(5)),
    'a table of objects': ({ attempt }) =>
      attempt(() => new WebAssembly.Table({ element: 'anyfunc', initial: 1 }, {} as never)),
    'a number in a global of functions': ({ attempt }) =>
      attempt(() => new WebAssembly.Global({ value: 'anyfunc', mutable: true }, 1 as never)),
    'a memory beyond its maximum': ({ attempt }) =>
      attempt(() => new WebAssembly.Memory({ initial: 1, maximum: 1 }).grow(1)),
  },
});

test('each unhandled load failure is reported to the page once, with its own promise', async () => {
  const seen = await opened.same(async ({ border, imports }) => {
    const bytes = await border();
    const module = await WebAssembly.compile(bytes);
    const seen: string[] = [];
    const starts: (() => Promise<unknown>)[] = [
      () => WebAssembly.compile(new Uint8Array(3)),
      () => WebAssembly.instantiate(new Uint8Array(3)),
      () => WebAssembly.instantiate(bytes, {}),
      () => WebAssembly.instantiate(module, {}),
      () => WebAssembly.compileStreaming(fetch('/text.wasm')),
      () =>
        WebAssembly.instantiateStreaming(fetch('/border.wasm'), { ...imports(), a: 1 } as never),
    ];
    for (const start of starts) {
      const reported = new Promise<PromiseRejectionEvent>((resolve) =>
        addEventListener(
          'unhandledrejection',
          (event) => {
            event.preventDefault();
            resolve(event);
          },
          { once: true },
        ),
      );
      const promise = start();
      const event = await reported;
      seen.push(
        `${event.promise === promise} ${promise.constructor === Promise} ${String(event.reason)}`,
      );
    }
    return seen;
  });
  expect(seen).toHaveLength(6);
});

test('the `then` of a streamed module’s source is read once and called once, with two functions', async () => {
  const seen = await opened.same(async ({ attempt, order, wasm }) => {
    const lines: unknown[] = [];
    for (const give of [
      () => fetch('/border.wasm'),
      () => fetch('/text.wasm'),
      () => 5,
      () => Promise.reject(new URIError('the page’s')),
      () => ({ then: (done: (value: unknown) => void) => done(7) }),
    ]) {
      const { log, note, ticks } = order();
      const source = {
        get then() {
          log.push('found');
          return function (this: unknown, ...functions: ((value: unknown) => void)[]) {
            log.push(
              `called ${this === source} ${functions.map((fn) => `${typeof fn} ${fn.length} ${fn.name} ${fn}`).join()}`,
            );
            (functions[0] as (value: unknown) => void)(give());
          };
        },
      };
      lines.push(await attempt(() => wasm.compileStreaming(source)), log);
      if (give() instanceof Promise) continue;
      const made = order();
      const promise = wasm.instantiateStreaming(give(), {}) as unknown as Promise<unknown>;
      await Promise.all([promise.then(note('fulfilled'), note('rejected')), ticks(5)]);
      lines.push(made.log);
    }
    return lines;
  });
  expect((seen[1] as string[])[0]).toBe('found');
});

test('the page’s own `then` runs on what it streams when the engine runs it', async () => {
  const seen = await opened.same(async ({ wasm }) => {
    const log: string[] = [];
    class Own extends Promise<unknown> {
      override then<A, B>(
        done?: ((value: unknown) => A | PromiseLike<A>) | null,
        failed?: ((reason: unknown) => B | PromiseLike<B>) | null,
      ): Promise<A | B> {
        log.push('then');
        return super.then(done, failed);
      }
    }
    const source = Own.resolve(await fetch('/border.wasm'));
    const compiled = wasm.compileStreaming(source) as unknown as Promise<unknown>;
    log.push('called');
    const module = await compiled;
    return [log, module instanceof wasm.Module];
  });
  expect(seen).toEqual([['called', 'then'], true]);
});

/**
 * In the page: the rejection events that it received, for failed loads that nobody handled and for
 * those handled later.
 */
interface Rejections {
  promises: Promise<unknown>[];
  events: string[];
  /** Resolves once the page has received this many events. */
  receivedEvents(count: number): Promise<void>;
}

const WATCH = `
  globalThis.promises = [];
  globalThis.events = [];
  let onEvent = () => {};
  const record = (line) => {
    events.push(line);
    onEvent();
  };
  addEventListener('unhandledrejection', (event) => {
    event.preventDefault();
    record('unhandled ' + promises.indexOf(event.promise) + ' ' + event.reason.name);
  });
  addEventListener('rejectionhandled', (event) => record('handled ' + promises.indexOf(event.promise)));
  globalThis.receivedEvents = async (count) => {
    while (events.length < count) await new Promise((resolve) => { onEvent = resolve; });
  };
`;

/**
 * Loads that fail at each step, and in each way; one that succeeds, and one that is handled at
 * once.
 */
async function load({ bytes, imports, promises, wasm }: Oracle & Rejections): Promise<void> {
  const code = await bytes('border');
  const module = new wasm.Module(code);
  const loads = [
    wasm.instantiate(code, {}),
    wasm.instantiate(module, {}),
    wasm.instantiateStreaming(fetch('/border.wasm'), { a: {} }),
    wasm.instantiateStreaming(fetch('/text.wasm'), {}),
    wasm.instantiateStreaming(fetch('/bad.wasm'), {}),
    wasm.compileStreaming(fetch('/missing.wasm')),
    wasm.compile(new Uint8Array(4)),
    wasm.instantiate(new Uint8Array(9), {}),
    wasm.instantiate(code, imports()),
    wasm.instantiate(code, { ...imports(), b: { two: 1 } }),
  ] as unknown[] as Promise<unknown>[];
  promises.push(...loads);
  loads[9]?.catch(() => {});
}

const FAILING = 8;

/**
 * The events that the page received; the third load was handled only after its failure was
 * reported.
 */
async function eventsOf({ chunks, page }: Opened): Promise<string[]> {
  await page.evaluate(WATCH);
  await page.evaluate(`(${load.toString()})(globalThis)`);
  await page.evaluate(`receivedEvents(${FAILING})`);
  await page.evaluate(`promises[2].catch(() => {})`);
  await page.evaluate(`receivedEvents(${FAILING + 1})`);
  // The agent looks at its loads again when it hands a chunk over.
  await chunks();
  // Any resulting events arrive before the next frame.
  await page.evaluate('new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)))');
  const events = (await page.evaluate('events')) as string[];
  return events.sort();
}

describe('loads that nobody handles are reported to the page', () => {
  let without: string[];
  let withAgent: string[];
  beforeAll(async () => {
    for (const agent of [false, true]) {
      const watched = await opened.harness.open({ path: 'oracle', agent });
      const events = await eventsOf(watched);
      if (agent) withAgent = events;
      else without = events;
      await watched.close();
    }
  });

  test('as without the agent', () => {
    expect(withAgent).toEqual(without);
  });

  test('once each', () => {
    const unhandled = withAgent.filter((line) => line.startsWith('unhandled'));
    expect(new Set(unhandled).size).toBe(FAILING);
    expect(unhandled).toHaveLength(FAILING);
  });

  test('and of the one that is handled after its failure', () => {
    expect(withAgent.filter((line) => line.startsWith('handled'))).toEqual(['handled 2']);
  });
});
