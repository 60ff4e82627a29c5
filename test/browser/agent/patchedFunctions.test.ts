import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Harness } from '../harness.ts';
import { expectSame, openPages } from './bothPages.ts';

let harness: Harness;

beforeAll(async () => {
  harness = await openPages();
});
afterAll(() => harness?.close());

test('every function of the platform stays constructible or not, and has the same own keys', async () => {
  const seen = await expectSame(harness, () => {
    const roots = [
      window,
      WebAssembly,
      ...['Module', 'Instance', 'Table', 'Global', 'Memory', 'Tag', 'Exception'].map((name) =>
        Reflect.get(WebAssembly, name),
      ),
      Response,
      ReadableStream,
      ReadableStreamDefaultReader,
      HTMLIFrameElement,
      Function,
    ] as object[];
    const constructible = (fn: object) => {
      try {
        Reflect.construct(Object, [], fn as never);
        return true;
      } catch {
        return false;
      }
    };
    const lines: string[] = [];
    for (const root of roots) {
      for (const target of [root, (root as { prototype?: object }).prototype ?? {}]) {
        for (const [key, descriptor] of Object.entries(Object.getOwnPropertyDescriptors(target))) {
          for (const fn of [descriptor.value, descriptor.get, descriptor.set] as unknown[]) {
            if (typeof fn !== 'function') continue;
            const tag = Object.prototype.toString.call(fn);
            lines.push(
              [
                key,
                constructible(fn),
                'prototype' in fn,
                Object.isExtensible(fn),
                tag,
                `${fn}`,
                fn.bind(null).name,
                ...Reflect.ownKeys(fn).map(String),
              ].join(' '),
            );
          }
        }
      }
    }
    return lines;
  });
  expect(seen.length).toBeGreaterThan(1000);
});

test('the page can replace, wrap and mark what is patched', async () => {
  await expectSame(harness, async ({ border, imports }) => {
    const bytes = await border();
    const calls: string[] = [];
    const { instantiate, Module } = WebAssembly;
    const nativeFetch = window.fetch;
    (fetch as unknown as { mark: number }).mark = 1;
    (Module as unknown as { mark: number }).mark = 2;
    window.fetch = (...args) => {
      calls.push(`fetch ${args.length}`);
      return nativeFetch(...args);
    };
    WebAssembly.instantiate = function (this: unknown, ...args: unknown[]) {
      calls.push(`instantiate ${args.length} ${this === WebAssembly}`);
      return Reflect.apply(instantiate, this, args) as never;
    };
    Object.defineProperty(WebAssembly, 'Module', {
      value: class extends Module {
        page = true;
      },
      configurable: true,
      writable: true,
    });
    await (await fetch('/border.wasm')).text();
    const { module, instance } = await WebAssembly.instantiate(bytes, imports());
    const made = new WebAssembly.Module(bytes) as WebAssembly.Module & { page: boolean };
    const detached = await Promise.all([
      instantiate(bytes, imports()),
      Reflect.apply(instantiate, null, [module, imports()]),
    ]);
    return {
      calls,
      markOfFetch: Reflect.get(nativeFetch, 'mark') as unknown,
      markOfModule: Reflect.get(Module, 'mark') as unknown,
      keysOfFetch: Object.keys(nativeFetch),
      lengthOfFetch: String(window.fetch).length,
      textOfInstantiate: String(instantiate),
      fieldOfSubclass: made.page,
      isOfReplacedModule: made instanceof Module,
      isOfReplacement: module instanceof WebAssembly.Module,
      exportsFunctions: instance.exports.add instanceof Function,
      worksDetached: detached.length,
      deletesCompile: Reflect.deleteProperty(WebAssembly, 'compile'),
      hasCompile: 'compile' in WebAssembly,
      deletesBody: Reflect.deleteProperty(Response.prototype, 'body'),
      hasBody: 'body' in new Response('x'),
    };
  });
});

test('functions of all kinds print as without the agent', async () => {
  await expectSame(harness, async ({ attempt, border, imports }) => {
    const { exports } = (await WebAssembly.instantiate(await border(), imports())).instance;
    const toText = Function.prototype.toString;
    const functions: unknown[] = [
      fetch,
      toText,
      class Page {
        method() {}
      },
      () => 1,
      function named() {},
      async () => {},
      fetch.bind(null),
      new Proxy(() => 1, {}),
      new Proxy(fetch, {}),
      new Proxy(class {}, {}),
      Object.getOwnPropertyDescriptor(Response.prototype, 'body')?.get,
      exports.add,
      exports.one,
      (exports.table as WebAssembly.Table).get(1),
      new Proxy(exports.add as () => void, {}),
      {},
      undefined,
      'fetch',
      Object.create(fetch),
    ];
    const seen: string[] = [];
    for (const fn of functions)
      seen.push(
        await attempt(() => Reflect.apply(toText, fn, [])),
        await attempt(() => Reflect.apply(toText, fn, ['x', 1])),
      );
    return [
      ...seen,
      `${toText}`,
      toText.name,
      toText.length,
      toText.call(toText),
      await attempt(() => toText.call(null)),
    ];
  });
});
