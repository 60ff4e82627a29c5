import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Harness } from '../harness.ts';
import { expectUnchanged, openUnchanged } from './unchangedSite.ts';

let harness: Harness;
beforeAll(async () => {
  harness = await openUnchanged();
});
afterAll(() => harness?.close());

test('every global and its prototype look native: keys, descriptors, names, lengths, text', async () => {
  const seen = await expectUnchanged(harness, () => {
    const types = [
      'WebAssembly',
      'Response',
      'Request',
      'ReadableStream',
      'ReadableStreamDefaultReader',
      'Function',
      'Promise',
      'Performance',
    ];
    const roots: [string, object][] = [
      ['window', window],
      ...types.map((name): [string, object] => [
        name,
        (window as unknown as Record<string, object>)[name] as object,
      ]),
      ...['Module', 'Instance', 'Memory', 'Table', 'Global'].map((name): [string, object] => [
        name,
        (WebAssembly as unknown as Record<string, object>)[name] as object,
      ]),
    ];
    const lines: string[] = [];
    for (const [path, root] of roots) {
      const prototype = (root as { prototype?: object }).prototype;
      for (const [name, target] of [
        [path, root],
        [`${path}.prototype`, prototype],
      ] as const) {
        if (!target) continue;
        for (const key of Reflect.ownKeys(target)) {
          const descriptor = Object.getOwnPropertyDescriptor(target, key) as PropertyDescriptor;
          const text = [descriptor.value, descriptor.get, descriptor.set].map((part: unknown) => {
            if (typeof part !== 'function') return typeof part;
            const own = Reflect.ownKeys(part).map(String).join();
            return `${Function.prototype.toString.call(part)} ${part.name} ${part.length} ${own} ${Object.getPrototypeOf(part) === Function.prototype}`;
          });
          lines.push(
            `${name} ${String(key)} ${descriptor.writable} ${descriptor.enumerable} ${descriptor.configurable} ${text.join(' | ')}`,
          );
        }
      }
    }
    return lines;
  });
  expect(seen.length).toBeGreaterThan(1000);
});

test('wrong receivers and `new` are refused in the engine’s own words', async () => {
  await expectUnchanged(harness, async () => {
    const attempts: (() => unknown)[] = [
      () => Reflect.construct(fetch, []),
      () => Reflect.construct(Response.prototype.arrayBuffer, []),
      () => Reflect.construct(Function.prototype.toString, []),
      () => Function.prototype.toString.call({}),
      () => Reflect.get(Response.prototype, 'body'),
      () => ReadableStream.prototype.getReader.call({} as ReadableStream),
      () => ReadableStreamDefaultReader.prototype.read.call({} as ReadableStreamDefaultReader),
      () =>
        ReadableStreamDefaultReader.prototype.read.call(
          1 as unknown as ReadableStreamDefaultReader,
        ),
      () => ReadableStream.prototype.cancel.call(undefined as unknown as ReadableStream),
      () => (fetch as () => unknown)(),
      () => fetch('http://['),
      () =>
        fetch({
          toString: () => {
            throw new RangeError('by the page');
          },
        } as unknown as string),
      () => fetch('/text', { method: 'GET', body: 'x' }),
      () => fetch.call({} as Window, '/text'),
    ];
    const texts: string[] = [];
    for (const attempt of attempts) {
      try {
        const result = attempt();
        texts.push(
          result instanceof Promise
            ? `promise ${String(await result.catch((error: unknown) => error))}`
            : String(result),
        );
      } catch (error) {
        texts.push(`thrown ${String(error)}`);
      }
    }
    return texts;
  });
});

/** What a page finds about itself after a fetch. */
interface Found {
  seen: string[];
  globals: string[];
  html: string;
  entries: string[];
  storage: unknown[];
  messages: string[];
}

/** Has the page note every event that it hears, and everything that is dispatched. */
const LISTEN = `
  globalThis.seen = [];
  for (const type of ['message', 'error', 'unhandledrejection', 'securitypolicyviolation', 'wasmscope:hello']) {
    addEventListener(type, () => seen.push(type), true);
  }
  const dispatch = EventTarget.prototype.dispatchEvent;
  EventTarget.prototype.dispatchEvent = function (event) { seen.push('dispatch ' + event.type); return dispatch.call(this, event); };
  seen.push(document.firstChild?.nodeName ?? 'nothing');
`;

async function lookAround(agent: boolean): Promise<Found> {
  const { page, messages, chunks, close } = await harness.open({ agent });
  await page.evaluate(LISTEN);
  await page.evaluate(async () => void (await (await fetch('/text')).text()));
  await page.waitForFunction(() => performance.getEntriesByType('resource').length > 0);
  // Has the agent hand over what it has.
  await chunks();
  const found = await page.evaluate(async () => {
    await new Promise(requestAnimationFrame);
    return {
      seen: (globalThis as unknown as { seen: string[] }).seen,
      globals: Reflect.ownKeys(window).map(String).sort(),
      html: document.documentElement.outerHTML,
      // How long a frame took is the machine's doing.
      entries: performance
        .getEntries()
        .filter(({ entryType }) => entryType !== 'long-animation-frame')
        .map(({ entryType, name }) => `${entryType} ${name}`)
        .sort(),
      storage: [localStorage.length, sessionStorage.length, document.cookie],
    };
  });
  await close();
  return { ...found, messages };
}

describe('after a fetch, with its chunks handed over', () => {
  let without: Found;
  let withAgent: Found;
  beforeAll(async () => {
    without = await lookAround(false);
    withAgent = await lookAround(true);
  });

  test.each([
    ['no other events are heard or dispatched', 'seen'],
    ['the page has the same globals', 'globals'],
    ['the document is the same', 'html'],
    ['the performance entries are the same', 'entries'],
    ['nothing is stored', 'storage'],
    ['the console says the same', 'messages'],
  ] as const)('%s', (_, what) => {
    expect(withAgent[what]).toEqual(without[what]);
  });

  test('the fetch is among the performance entries', () => {
    expect(without.entries.filter((entry) => entry.startsWith('resource'))).not.toEqual([]);
  });
});

test('the page’s buffer of resource timings is neither filled nor emptied', async () => {
  await expectUnchanged(harness, async () => {
    const full = new Promise((resolve) =>
      performance.addEventListener('resourcetimingbufferfull', ({ type }) => resolve(type)),
    );
    performance.clearResourceTimings();
    performance.setResourceTimingBufferSize(3);
    for (let at = 0; at < 6; at++) await (await fetch(`/text?${at}`)).text();
    return [
      await full,
      performance.getEntriesByType('resource').map(({ name }) => name.split('/').pop()),
    ];
  });
});

test('patched functions print as native in a fresh frame', async () => {
  await expectUnchanged(harness, async () => {
    const frame = document.createElement('iframe');
    document.body.append(frame);
    const at = () =>
      [
        fetch,
        Function.prototype.toString,
        WebAssembly.instantiate,
        WebAssembly.Module,
        ReadableStream.prototype.getReader,
      ].map((fn) =>
        (frame.contentWindow as unknown as typeof globalThis).Function.prototype.toString.call(fn),
      );
    const early = at();
    await new Promise(requestAnimationFrame);
    return [early, at()];
  });
});

test('all iterators of streams share their methods, which look native', async () => {
  const seen = await expectUnchanged(harness, () => {
    const first = new ReadableStream().values();
    const { next, return: end } = first;
    const second = new ReadableStream()[Symbol.asyncIterator]();
    const prototype = Object.getPrototypeOf(first) as object;
    return [
      next === second.next,
      end === second.return,
      prototype === Object.getPrototypeOf(second),
      ...Object.entries(Object.getOwnPropertyDescriptors(prototype)).map(
        ([key, { value, writable, enumerable, configurable }]) =>
          `${key} ${value} ${writable} ${enumerable} ${configurable}`,
      ),
    ];
  });
  expect(seen.length).toBeGreaterThan(3);
});
