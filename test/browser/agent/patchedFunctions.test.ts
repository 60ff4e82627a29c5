import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Harness } from '../harness.ts';
import { agentScript } from '../harness.ts';
import { expectSame, openPages } from './bothPages.ts';

let harness: Harness;

beforeAll(async () => {
  harness = await openPages();
});
afterAll(() => harness?.close());

test('keeps every function of the platform constructible or not, and with the own keys it has', async () => {
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

test('keeps constructors and their prototypes pointing to each other, and takes subclasses', async () => {
  const seen = await expectSame(harness, async ({ attempt, border, imports }) => {
    const bytes = await border();
    const { Module, Instance, Table, Global, Memory } = WebAssembly;
    const module = new Module(bytes);
    const instance = new Instance(module, imports());
    const made = [
      module,
      instance,
      new Table({ element: 'anyfunc', initial: 1 }),
      new Global({ value: 'i32' }, 1),
      new Memory({ initial: 1 }),
    ];
    const truths: boolean[] = [Module, Instance, Table, Global, Memory].flatMap((type, at) => [
      type.prototype.constructor === type,
      made[at] instanceof type,
      (made[at] as object).constructor === type,
      Object.getPrototypeOf(made[at]) === type.prototype,
      Reflect.get(WebAssembly, type.name) === type,
      !({} instanceof type),
    ]);
    class OwnModule extends Module {
      own = 1;
      static extra = 2;
    }
    class OwnInstance extends Instance {
      get twice() {
        return this.exports;
      }
    }
    class OwnTable extends Table {}
    class OwnGlobal extends Global {}
    const sub = new OwnModule(bytes);
    const subInstance = new OwnInstance(sub, imports());
    const streamed = await WebAssembly.compileStreaming(fetch('/border.wasm'));
    const given = await WebAssembly.instantiate(bytes, imports());
    truths.push(
      sub instanceof OwnModule,
      sub instanceof Module,
      sub.own === 1,
      Object.getPrototypeOf(OwnModule) === Module,
      sub.constructor === OwnModule,
      OwnModule.exports(sub).length === Module.exports(module).length,
      subInstance instanceof OwnInstance,
      subInstance.twice === subInstance.exports,
      new OwnTable({ element: 'anyfunc', initial: 1 }, subInstance.exports.add as never).get(0) ===
        subInstance.exports.add,
      new OwnGlobal({ value: 'anyfunc' }, subInstance.exports.add as never).value ===
        subInstance.exports.add,
      streamed instanceof Module,
      given.module instanceof Module,
      given.instance instanceof Instance,
      given.instance.constructor === Instance,
      (await WebAssembly.instantiate(sub, imports())) instanceof Instance,
      structuredClone(module) instanceof Module,
      structuredClone(module).constructor === Module,
    );
    const log: string[] = [];
    const target = new Proxy(class {}, {
      get: (object, key) => {
        log.push(String(key));
        return Reflect.get(object, key) as unknown;
      },
    });
    const foreign = Reflect.construct(Module, [bytes], target) as object;
    const plain = Reflect.construct(Instance, [module, imports()], Object) as object;
    return {
      truths,
      log,
      words: [
        Object.getPrototypeOf(foreign) === target.prototype,
        Object.getPrototypeOf(plain) === Object.prototype,
        Object.prototype.toString.call(foreign),
      ],
      calls: [
        await attempt(() => Reflect.apply(Module, undefined, [bytes])),
        await attempt(() => Reflect.apply(Instance, {}, [module])),
        await attempt(() => Reflect.construct(Module, [bytes], fetch as never)),
        await attempt(() => Reflect.construct(Table, [])),
        await attempt(() => new Global({} as never)),
        await attempt(() => Module.exports({} as never)),
        await attempt(() => Reflect.apply(Table.prototype.get, {}, [0])),
        await attempt(() => new Table({ element: 'anyfunc', initial: 1 }).grow(-1)),
        await attempt(() => Reflect.apply(Memory.prototype.grow, module, [0])),
        await attempt(() => Reflect.get(Object.create(Global.prototype), 'value')),
        await attempt(() => Reflect.get(Object.create(instance), 'exports')),
        await attempt(() => new WebAssembly.Memory({ initial: 1 }).grow(0)),
      ],
    };
  });
  expect(seen.truths).not.toContain(false);
});

test('lets the page replace, wrap and mark what is patched, as of its own', async () => {
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
    return [
      calls,
      Reflect.get(nativeFetch, 'mark'),
      Reflect.get(Module, 'mark'),
      Object.keys(nativeFetch),
      String(window.fetch).length,
      String(instantiate),
      made.page,
      made instanceof Module,
      module instanceof WebAssembly.Module,
      instance.exports.add instanceof Function,
      detached.length,
      Reflect.deleteProperty(WebAssembly, 'compile'),
      'compile' in WebAssembly,
      Reflect.deleteProperty(Response.prototype, 'body'),
      'body' in new Response('x'),
    ];
  });
});

test('prints functions of all kinds as without the agent', async () => {
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

test('gives the page its very natives back when told to stop, and what it handed out goes on working', async () => {
  // Keeps every function there is before the agent comes, and looks afterwards which are others.
  const keep = `
    const kept = [];
    for (const root of [window, WebAssembly, WebAssembly.Module, WebAssembly.Instance, WebAssembly.Table, WebAssembly.Global, WebAssembly.Memory, Response, Request,
      ReadableStream, ReadableStreamDefaultReader, ReadableStreamBYOBReader, HTMLIFrameElement, Function, Promise, Performance, EventTarget]) {
      for (const target of [root, root.prototype ?? {}]) {
        for (const key of Reflect.ownKeys(target)) kept.push([target, key, Reflect.getOwnPropertyDescriptor(target, key)]);
      }
    }
    const iterator = Reflect.getPrototypeOf(new ReadableStream().values());
    for (const key of Reflect.ownKeys(iterator)) kept.push([iterator, key, Reflect.getOwnPropertyDescriptor(iterator, key)]);
    Object.defineProperty(globalThis, 'changed', { value: () => kept.filter(([target, key, before]) => {
      const now = Reflect.getOwnPropertyDescriptor(target, key);
      return !now || ['get', 'set', 'writable', 'enumerable', 'configurable'].some((part) => now[part] !== before[part])
        || (typeof before.value === 'function' && now.value !== before.value);
    }).map(([, key]) => String(key)) });
  `;
  const opened = await harness.open({ path: 'page', agent: `{${keep}}${agentScript()}` });
  const before = (await opened.page.evaluate(`(async () => {
    const { instance, module } = await WebAssembly.instantiate(await border(), imports());
    const { add, callOne, table } = instance.exports;
    const body = (await fetch('/border.wasm')).body.getReader();
    globalThis.had = { add, callOne, hidden: table.get(1), table, module, fetch, instantiate: WebAssembly.instantiate, Module: WebAssembly.Module, Table: WebAssembly.Table, get: table.get, body };
    return changed();
  })()`)) as string[];
  expect(before.length).toBeGreaterThan(10);
  await opened.stop();
  const after = await opened.page.evaluate(`(async () => {
    const { add, callOne, hidden, table, module, fetch, instantiate, Module, Table, get, body } = had;
    const bytes = await (await fetch('/border.wasm')).arrayBuffer();
    const again = await instantiate(bytes, { ...imports(), a: { ...imports().a, one: add } });
    table.set(4, add);
    return {
      changed: changed(),
      works: [add(1), callOne(1), hidden(4), table.get(4)(1), get.call(table, 0)(1), again.instance.exports.callOne(3), new Module(bytes) instanceof WebAssembly.Module,
        new Table({ element: 'anyfunc', initial: 1 }, add).get(0)(1), (await WebAssembly.instantiate(module, imports())).exports.add(7), (await body.read()).value.length > 0],
    };
  })()`);
  expect(after).toEqual({ changed: [], works: [2, 11, 8, 2, 2, 4, true, 2, 8, true] });
  expect(opened.messages).toEqual([]);
  await opened.close();
});
