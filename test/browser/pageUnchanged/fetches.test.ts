import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Harness } from '../harness.ts';
import { expectUnchanged, openUnchanged } from './unchangedSite.ts';

let harness: Harness;
beforeAll(async () => {
  harness = await openUnchanged();
});
afterAll(() => harness?.close());

test('promises are native, with no properties of their own', async () => {
  const seen = await expectUnchanged(harness, async () => {
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

test('a Response can be used, locked, cloned and constructed, as without the agent', async () => {
  const seen = await expectUnchanged(harness, async () => {
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
  });
  expect(seen.filter((text) => text.startsWith('TypeError'))).toHaveLength(6);
});

test('every way to read a body gives the body', async () => {
  const seen = await expectUnchanged(harness, async () => {
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

test('each unhandled rejection is reported to the page once, with its own promise', async () => {
  const seen = await expectUnchanged(harness, async () => {
    const seen: string[] = [];
    let onSeen = (): void => {};
    const see = (text: string): void => {
      seen.push(text);
      onSeen();
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
      while (seen.length < count) await new Promise<void>((resolve) => (onSeen = resolve));
    };
    await until(7);
    (promises[0] as Promise<unknown>).catch(() => {});
    await until(8);
    return seen.sort();
  });
  expect(seen).toHaveLength(8);
});

test('a refused fetch keeps its place among other microtasks', async () => {
  await expectUnchanged(harness, async () => {
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

test('an aborted fetch keeps its place among other microtasks', async () => {
  await expectUnchanged(harness, async () => {
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

test('a read from a body that has arrived keeps its place among other microtasks', async () => {
  await expectUnchanged(harness, async () => {
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

test('a refused whole body keeps its place among other microtasks', async () => {
  await expectUnchanged(harness, async () => {
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

test('a chunk that has arrived wins a race against a promise of nothing', async () => {
  const winner = await expectUnchanged(harness, async () => {
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
