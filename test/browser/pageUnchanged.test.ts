import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Harness } from './harness.ts';
import { openHarness } from './harness.ts';

// The browser itself is the oracle: what a page sees with the agent is what it sees without.

let harness: Harness;
/** Breaks off the response to `/cut` that is under way. */
let breakOff = (): void => {};

beforeAll(async () => {
  harness = await openHarness({
    routes: {
      '/text': (_, response) =>
        response.writeHead(200, { 'Content-Type': 'text/plain' }).end('some text'),
      '/cut': (_, response) => {
        response.writeHead(200, { 'Content-Type': 'text/plain' }).write('begun');
        breakOff = () => response.destroy();
      },
      '/break': (_, response) => {
        breakOff();
        response.writeHead(204).end();
      },
      '/nothing': (_, response) => response.writeHead(204).end(),
      '/moved': (_, response) => response.writeHead(302, { Location: '/text' }).end(),
    },
  });
});
afterAll(() => harness?.close());

/** Expects a page's code to come to the same with the agent as without, and returns what it came to. */
async function expectSame<Result>(run: () => Result | Promise<Result>): Promise<Result | string> {
  const both = await harness.bothWays(run);
  expect(both.with).toEqual(both.without);
  return both.without;
}

test('shows every global and its prototype as native: keys, descriptors, names, lengths, text', async () => {
  const seen = await expectSame(() => {
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

test('refuses wrong receivers and `new` in the engine’s own words', async () => {
  await expectSame(async () => {
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

test('returns native promises, with nothing of its own on them', async () => {
  const seen = await expectSame(async () => {
    const response = fetch('/text');
    const reader = (await fetch('/text')).body?.getReader() as ReadableStreamDefaultReader;
    const read = reader.read();
    return [response, read].map((promise) => [
      Object.prototype.toString.call(promise),
      promise.constructor === Promise,
      Object.getPrototypeOf(promise) === Promise.prototype,
      Reflect.ownKeys(promise).length,
    ]);
  });
  expect(seen).toEqual(Array(2).fill(['[object Promise]', true, true, 0]));
});

test('keeps the order of a refused fetch among other microtasks', async () => {
  await expectSame(async () => {
    const order: string[] = [];
    const note = (text: string) => () => void order.push(text);
    const refused = fetch('http://[').catch(note('refused'));
    const other = Promise.reject()
      .catch(note('other'))
      .then(note('after other'))
      .then(note('last'));
    await Promise.all([refused, other]);
    return order;
  });
});

test('keeps the order of an aborted fetch among other microtasks', async () => {
  await expectSame(async () => {
    const order: string[] = [];
    const note = (text: string) => () => void order.push(text);
    const controller = new AbortController();
    const aborted = fetch('/text', { signal: controller.signal }).catch(note('aborted'));
    controller.abort();
    const other = Promise.resolve()
      .then(note('first'))
      .then(note('second'))
      .then(note('third'))
      .then(note('fourth'));
    await Promise.all([aborted, other]);
    return order;
  });
});

test('keeps the order of reads from a body that is there among other microtasks', async () => {
  await expectSame(async () => {
    const response = await fetch('/text');
    const reader = response.body?.getReader() as ReadableStreamDefaultReader;
    await reader.read();
    await reader.read();
    const order: string[] = [];
    const note = (text: string) => () => void order.push(text);
    const ended = reader.read().then(note('read'));
    const other = Promise.resolve()
      .then(note('first'))
      .then(note('second'))
      .then(note('third'))
      .then(note('fourth'));
    await Promise.all([ended, other]);
    return order;
  });
});

test('tells of rejections that the page does not handle, once, with the page’s promise', async () => {
  const seen = await expectSame(async () => {
    const seen: string[] = [];
    let told = (): void => {};
    const see = (text: string): void => {
      seen.push(text);
      told();
    };
    const promises: Promise<unknown>[] = [];
    addEventListener('unhandledrejection', (event) => {
      event.preventDefault();
      see(`unhandled ${promises.indexOf(event.promise)} ${(event.reason as Error).name}`);
    });
    addEventListener('rejectionhandled', (event) =>
      see(`handled later ${promises.indexOf(event.promise)}`),
    );
    promises.push(fetch('http://['));
    const controller = new AbortController();
    promises.push(fetch('/text', { signal: controller.signal }));
    controller.abort();
    const reader = (await fetch('/cut')).body?.getReader() as ReadableStreamDefaultReader;
    await reader.read();
    const first = reader.read();
    promises.push(reader.read());
    const broken = first.catch(() => {});
    await fetch('/break');
    await broken;
    promises.push(fetch('/moved', { redirect: 'error' }));
    promises.push(fetch('/text', { integrity: 'sha256-AAAA' }));
    promises.push(fetch(`http://localhost:${location.port}/text`));
    promises.push(fetch('http://127.0.0.1:9/refused'));
    const handled = fetch('http://[');
    handled.catch(() => {});
    promises.push(handled);
    const until = async (count: number): Promise<void> => {
      while (seen.length < count) await new Promise<void>((resolve) => (told = resolve));
    };
    await until(7);
    (promises[0] as Promise<unknown>).catch(() => {});
    await until(8);
    return seen.sort();
  });
  expect(seen).toHaveLength(8);
});

test('keeps the order of a whole body, refused, among other microtasks', async () => {
  await expectSame(async () => {
    const response = await fetch('/text');
    await response.text();
    const order: string[] = [];
    const note = (text: string) => () => void order.push(text);
    const refused = response.json().catch(note('refused'));
    const other = Promise.resolve().then(note('first')).then(note('second')).then(note('third'));
    await Promise.all([refused, other]);
    return order;
  });
});

test('lets a race between a chunk that is there and nothing go to the chunk', async () => {
  const winner = await expectSame(async () => {
    const reader = (
      await fetch('/text')
    ).body?.getReader() as ReadableStreamDefaultReader<Uint8Array>;
    await reader.read();
    await reader.read();
    return Promise.race([
      reader.read().then(() => 'read'),
      Promise.resolve().then(() => 'nothing'),
    ]);
  });
  expect(winner).toBe('read');
});

test('leaves a Response as it is: used, locked, cloned, constructed, without a body', async () => {
  const use = async (): Promise<string[]> => {
    const text = async (run: () => unknown): Promise<string> => {
      try {
        return String(await run());
      } catch (error) {
        return String(error);
      }
    };
    const used = await fetch('/text');
    await used.text();
    const locked = await fetch('/text');
    locked.body?.getReader();
    return [
      await text(() => used.text()),
      await text(() => used.body?.getReader().closed),
      await text(() => used.clone()),
      await text(() => locked.json()),
      await text(() => locked.body?.getReader()),
      await text(() => locked.clone()),
      await text(() =>
        new Response('made').body
          ?.getReader()
          .read()
          .then(({ value }) => value?.length),
      ),
      await text(() => new Response(null).body),
      await text(async () => (await fetch('/text')).clone().text()),
      await text(async () => (await fetch('/nothing')).body),
      await text(() => Response.error().body),
    ];
  };
  const look = async (agent: boolean) => {
    const { messages, page, close } = await harness.open({ agent });
    const seen = await page.evaluate(use);
    await close();
    return { seen, messages };
  };
  const without = await look(false);
  expect(await look(true)).toEqual(without);
  expect(without.seen.filter((text) => text.startsWith('TypeError'))).toHaveLength(6);
});

test('answers every way to read a body alike', async () => {
  const seen = await expectSame(async () => {
    const decode = (bytes: AllowSharedBufferSource) => new TextDecoder().decode(bytes);
    const get = () => fetch('/text');
    let iterated = '';
    for await (const chunk of (await get()).body as ReadableStream<Uint8Array<ArrayBuffer>>)
      iterated += decode(chunk);
    const byob = (await get()).body?.getReader({ mode: 'byob' }) as ReadableStreamBYOBReader;
    const into = await byob.read(new Uint8Array(4));
    const [left, right] = ((await get()).body as ReadableStream).tee();
    return [
      iterated,
      decode(into.value as Uint8Array<ArrayBuffer>),
      await new Response(left).text(),
      await new Response(right).text(),
      await new Response(
        (await get()).body
          ?.pipeThrough(new TextDecoderStream())
          .pipeThrough(new TextEncoderStream()),
      ).text(),
      await (await get()).text(),
      decode(await (await get()).arrayBuffer()),
      await (await (await get()).blob()).text(),
      ReadableStream.prototype.values === ReadableStream.prototype[Symbol.asyncIterator],
    ];
  });
  expect(seen).toEqual(['some text', 'some', ...Array(6).fill('some text'), true]);
});

test('leaves no node, event, name or entry of its own in the page', async () => {
  const script = `
    globalThis.seen = [];
    for (const type of ['message', 'error', 'unhandledrejection', 'securitypolicyviolation', 'wasmscope:hello']) {
      addEventListener(type, () => seen.push(type), true);
    }
    const dispatch = EventTarget.prototype.dispatchEvent;
    EventTarget.prototype.dispatchEvent = function (event) { seen.push('dispatch ' + event.type); return dispatch.call(this, event); };
    seen.push(document.firstChild?.nodeName ?? 'nothing');
  `;
  const look = async (agent: boolean) => {
    const { page, messages, chunks, close } = await harness.open({ agent });
    await page.evaluate(script);
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
  };
  const without = await look(false);
  expect(await look(true)).toEqual(without);
  expect(without.entries.some((entry) => entry.startsWith('resource'))).toBe(true);
});

test('neither fills nor empties the page’s buffer of resource timings', async () => {
  await expectSame(async () => {
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

test('shows patched functions as native to a fresh frame', async () => {
  await expectSame(async () => {
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
