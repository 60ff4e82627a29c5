import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Harness } from '../harness.ts';
import { callsOf } from '../harness.ts';
import type { PageHelpers } from './bothPages.ts';
import { expectSame, openPages } from './bothPages.ts';

let harness: Harness;

beforeAll(async () => {
  harness = await openPages({
    routes: {
      '/text.wasm': (_, response) =>
        response.writeHead(200, { 'Content-Type': 'text/plain' }).end('no module'),
      '/missing.wasm': (_, response) =>
        response.writeHead(404, { 'Content-Type': 'application/wasm' }).end(),
      '/bad.wasm': (_, response) =>
        response.writeHead(200, { 'Content-Type': 'application/wasm' }).end('no module'),
      '/empty.wasm': (_, response) =>
        response.writeHead(200, { 'Content-Type': 'application/wasm' }).end(),
    },
  });
});
afterAll(() => harness?.close());

type Exports = Record<string, (...values: unknown[]) => unknown> & {
  table: WebAssembly.Table;
  ref: WebAssembly.Global;
};

test('has exports as the engine makes them: frozen, without prototype, in order, the same at every reading', async () => {
  const seen = await expectSame(harness, async ({ border, imports }) => {
    const bytes = await border();
    const { instance, module } = await WebAssembly.instantiate(bytes, imports());
    const look = ({ exports }: WebAssembly.Instance) => [
      Object.isFrozen(exports),
      Object.isExtensible(exports),
      Object.getPrototypeOf(exports),
      Reflect.ownKeys(exports).map(String),
      Object.prototype.toString.call(exports),
      Object.entries(Object.getOwnPropertyDescriptors(exports)).map(
        ([name, { writable, enumerable, configurable, value }]) => [
          name,
          writable,
          enumerable,
          configurable,
          String(value),
          value.name,
          value.length,
          typeof value === 'function' ? Reflect.ownKeys(value).map(String) : '',
        ],
      ),
    ];
    const others = [
      new WebAssembly.Instance(module, imports()),
      await WebAssembly.instantiate(module, imports()),
    ];
    const first = instance.exports;
    return [
      instance.exports === first,
      Object.getOwnPropertyNames(instance),
      look(instance),
      ...others.map(look),
      others.map(({ exports }) => exports === first || exports.add === first.add),
    ];
  });
  expect((seen[2] as unknown[]).slice(0, 3)).toEqual([true, false, null]);
});

test('refuses writing to exports in the engine’s words', async () => {
  await expectSame(harness, async ({ attempt, border, imports }) => {
    const { instance } = await WebAssembly.instantiate(await border(), imports());
    const exports = instance.exports as Record<string, unknown>;
    return [
      await attempt(() => {
        exports.add = 1;
      }),
      await attempt(() => {
        exports.fresh = 1;
      }),
      await attempt(() => {
        delete exports.add;
      }),
      await attempt(() => Object.defineProperty(exports, 'add', { value: 1 })),
      await attempt(() => Object.setPrototypeOf(exports, {})),
      await attempt(() => Reflect.get(WebAssembly.Instance.prototype, 'exports')),
      await attempt(() => new (exports.add as new () => object)()),
    ];
  });
});

test('keeps one function one object: by any name, table, global, call or other instance', async () => {
  const seen = await expectSame(harness, async ({ border, imports }) => {
    const bytes = await border();
    const first = (await WebAssembly.instantiate(bytes, imports())).instance.exports as Exports;
    const { add, table, ref } = first as Required<Exports>;
    const hidden = table.get(1);
    const same = {
      // each is true in an engine
      alias: first.z === add,
      proto: Reflect.get(first, '__proto__') === add,
      empty: first[''] === add,
      number: first['10'] === first.callOne,
      table: table.get(0) === add,
      twice: table.get(3) === table.get(0),
      hidden: table.get(1) === hidden && hidden.name === '6',
      import: table.get(2) === first.one && first.one?.name === '0',
      global: ref.value === add && ref.valueOf() === add,
      none: table.get(4) === null,
      name: add?.name === '3',
      length: add?.length === 1,
    };
    table.set(4, add);
    table.set(5, hidden);
    same.table =
      same.table &&
      table.get(4) === add &&
      table.get(5) === hidden &&
      table.grow(1, first.callOne) === 6 &&
      table.get(6) === first.callOne;
    ref.value = hidden;
    same.global = same.global && ref.value === hidden;
    const own = new WebAssembly.Table({ element: 'anyfunc', initial: 2 }, add as never);
    const global = new WebAssembly.Global({ value: 'anyfunc', mutable: true }, add as never);
    const given = { a: { ...imports().a, one: add, three: hidden }, b: { two: first.callTwo } };
    const second = (await WebAssembly.instantiate(bytes, given as never)).instance
      .exports as Exports;
    table.set(0, second.add);
    second.table.set(3, hidden);
    return {
      ...same,
      made: own.get(1) === add && global.value === add,
      again: second.one === add && second.table.get(2) === add,
      other: second.add !== add,
      across: table.get(0) === second.add,
      works: [
        second.callOne?.(1),
        second.callThree?.(4),
        second.callTable?.(5),
        hidden(3),
        own.get(0)(1),
      ],
      external: (() => {
        const any = new WebAssembly.Table({ element: 'externref' as never, initial: 3 });
        const plain = () => 1;
        any.set(0, add as never);
        any.set(1, plain as never);
        return any.get(0) === add && any.get(1) === plain && any.get(2) === undefined;
      })(),
    };
  });
  expect(Object.entries(seen).filter(([, value]) => value === false)).toEqual([]);
  expect(seen.works).toEqual([2, 8, 10, 6, 2]);
});

test('keeps one function one object where wasm itself hands it in and out', async () => {
  const seen = await expectSame(harness, async ({ border, imports }) => {
    const exports = (await WebAssembly.instantiate(await border(), imports())).instance
      .exports as Exports;
    const { add, table, at, put, give } = exports;
    const before = [
      at?.(0) === add,
      at?.(1) === table.get(1),
      at?.(2) === exports.one,
      at?.(4) === null,
      give?.() === add,
    ];
    put?.(4, add);
    table.set(5, add as never);
    return [...before, at?.(4) === add, table.get(4) === add, at?.(5) === add];
  });
  expect(seen).toEqual(Array(8).fill(true));
});

test('reads the imports once each, in order, with the engine’s receivers', async () => {
  const seen = await expectSame(harness, async ({ border, imports }) => {
    const bytes = await border();
    const log: string[] = [];
    const watched = (path: string, target: object): object =>
      new Proxy(target, {
        get(object, key, receiver) {
          log.push(`get ${path}.${String(key)} ${receiver === proxies.get(path)}`);
          const value = Reflect.get(object, key) as unknown;
          return typeof value === 'object' ? proxies.get(`${path}.${String(key)}`) : value;
        },
        has(object, key) {
          log.push(`has ${path}.${String(key)}`);
          return Reflect.has(object, key);
        },
        ownKeys(object) {
          log.push(`keys ${path}`);
          return Reflect.ownKeys(object);
        },
        getOwnPropertyDescriptor(object, key) {
          log.push(`own ${path}.${String(key)}`);
          return Reflect.getOwnPropertyDescriptor(object, key);
        },
      });
    const plain = imports();
    const proxies = new Map<string, object>();
    for (const [path, target] of [
      ['i', plain],
      ['i.a', plain.a],
      ['i.b', plain.b],
    ] as const)
      proxies.set(path, watched(path, target));
    const given = proxies.get('i') as WebAssembly.Imports;
    const ways: (() => unknown)[] = [
      () => WebAssembly.instantiate(bytes, given),
      () => WebAssembly.compile(bytes).then((module) => WebAssembly.instantiate(module, given)),
      () => new WebAssembly.Instance(new WebAssembly.Module(bytes), given),
      () => WebAssembly.instantiateStreaming(fetch('/border.wasm'), given),
    ];
    for (const way of ways) {
      log.push('way');
      await way();
    }
    return log;
  });
  expect(seen.slice(1, 9)).toEqual(
    ['i.a', 'i.a.one', 'i.b', 'i.b.two', 'i.a', 'i.a.three', 'i.a', 'i.a.number'].map(
      (path) => `get ${path} true`,
    ),
  );
  expect(seen).toHaveLength(36);
});

test('fails to link, compile or load with the engine’s class and message', async () => {
  const seen = await expectSame(harness, async ({ attempt, border, imports }) => {
    const bytes = await border();
    const module = await WebAssembly.compile(bytes);
    const throwing = (error: unknown) => ({
      get one() {
        throw error;
      },
    });
    const other = (await WebAssembly.instantiate(bytes, imports())).instance.exports as Record<
      string,
      unknown
    >;
    const bad: unknown[] = [
      undefined,
      null,
      1,
      'text',
      {},
      { a: 1, b: {} },
      { a: null },
      { a: {} },
      { a: { one: 1 } },
      { a: { one() {} }, b: { two: {} } },
      { ...imports(), b: undefined },
      { a: { ...imports().a, number: 'x' }, b: imports().b },
      { a: { ...imports().a, number: 1n }, b: imports().b },
      { a: throwing(new RangeError('the page’s')) },
      { a: throwing(undefined) },
      {
        get a() {
          throw new URIError('the page’s');
        },
      },
      { a: { ...imports().a, one: other.callTwo }, b: imports().b },
      { a: { ...imports().a, one: other.table }, b: imports().b },
      {
        a: imports().a,
        get b() {
          throw 'text';
        },
      },
      Object.assign(() => {}, imports()),
    ];
    const lines: string[] = [];
    for (const given of bad) {
      const imports = given as WebAssembly.Imports;
      lines.push(
        await attempt(() => WebAssembly.instantiate(bytes, imports)),
        await attempt(() => WebAssembly.instantiate(module, imports)),
        await attempt(() => new WebAssembly.Instance(module, imports)),
        await attempt(() => WebAssembly.instantiateStreaming(fetch('/border.wasm'), imports)),
      );
    }
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
    for (const source of sources as BufferSource[]) {
      lines.push(
        await attempt(() => instantiate(source)),
        await attempt(() => compile(source)),
        await attempt(() => new WebAssembly.Module(source)),
        await attempt(() => new WebAssembly.Instance(source as never)),
        await attempt(() => validate(source)),
        await attempt(() => WebAssembly.compileStreaming(source as never)),
        await attempt(() => WebAssembly.instantiateStreaming(source as never)),
      );
    }
    for (const path of ['/text.wasm', '/missing.wasm', '/bad.wasm', '/empty.wasm', 'http://[']) {
      lines.push(
        await attempt(() => WebAssembly.compileStreaming(fetch(path))),
        await attempt(() => WebAssembly.instantiateStreaming(fetch(path), imports() as never)),
      );
    }
    const used = await fetch('/border.wasm');
    await used.arrayBuffer();
    const locked = await fetch('/border.wasm');
    locked.body?.getReader();
    const own = new RangeError('the page’s');
    lines.push(
      await attempt(() => WebAssembly.compileStreaming(used)),
      await attempt(() => WebAssembly.compileStreaming(locked)),
      await attempt(() => WebAssembly.compileStreaming(new Response(bytes))),
      await attempt(() => WebAssembly.compileStreaming(Response.error())),
      await attempt(() =>
        WebAssembly.compileStreaming(
          new Response(bytes, { headers: { 'Content-Type': 'application/wasm' } }),
        ),
      ),
      await attempt(() =>
        WebAssembly.compileStreaming(Promise.reject(own)).catch((error) => error === own),
      ),
      await attempt(() => (WebAssembly.instantiate as () => unknown)()),
      await attempt(() => (WebAssembly.Module as unknown as () => unknown)()),
      await attempt(() =>
        new WebAssembly.Table({ element: 'anyfunc', initial: 1 }).set(0, (() => {}) as never),
      ),
      await attempt(() => new WebAssembly.Table({ element: 'anyfunc', initial: 1 }).get(5)),
      await attempt(() => new WebAssembly.Table({ element: 'anyfunc', initial: 1 }, {} as never)),
      await attempt(() => new WebAssembly.Global({ value: 'anyfunc', mutable: true }, 1 as never)),
      await attempt(() => new WebAssembly.Memory({ initial: 1, maximum: 1 }).grow(1)),
    );
    return lines;
  });
  expect(seen.filter((line) => line.startsWith('thrown'))).not.toHaveLength(0);
});

test('lets what an import throws through wasm as the very same, and counts what comes after', async () => {
  const work = async ({ border, imports }: PageHelpers) => {
    const given = imports();
    let thrown: unknown;
    given.b.two = () => {
      throw thrown;
    };
    const exports = (await WebAssembly.instantiate(await border(), given as never)).instance
      .exports as Exports;
    const tag = new (WebAssembly as unknown as { Tag: new (type: object) => object }).Tag({
      parameters: ['i32'],
    });
    const exception = new (
      WebAssembly as unknown as { Exception: new (tag: object, values: number[]) => object }
    ).Exception(tag, [1]);
    const seen: boolean[] = [];
    for (const value of [
      new RangeError('x'),
      {},
      'text',
      7,
      null,
      undefined,
      Symbol.iterator,
      exception,
      exports.add,
    ]) {
      thrown = value;
      try {
        exports.callTwo?.();
      } catch (error) {
        seen.push(Object.is(error, value));
      }
      exports.callOne?.(1);
    }
    return seen;
  };
  expect(await expectSame(harness, work)).toEqual(Array(9).fill(true));
  const opened = await harness.open({ path: 'page' });
  await opened.page.evaluate(`(${work.toString()})(globalThis).then(() => {})`);
  expect(callsOf(await opened.session())).toEqual({
    in: { 2: 9, 10: 9 },
    out: { 'b.two': 9, 'a.one': 9 },
  });
  await opened.close();
});

test('counts the exports of an instance made from a Module, an import exported again and names like numbers among them', async () => {
  const opened = await harness.open({ path: 'page' });
  await opened.page.evaluate(`(async () => {
    const module = await WebAssembly.compile(await border());
    const { exports } = await WebAssembly.instantiate(module, imports());
    exports.one(1); exports.add(1); exports.callTwo(); exports.at(1)(3); exports.at(2)(3); exports.put(4, exports.add); exports.callTable(1);
  })()`);
  const session = await opened.session();
  expect(callsOf(session)).toEqual({
    in: { one: 2, z: 1, 2: 1, at: 2, 'table function 6': 1, put: 1, callTable: 1 },
    out: { 'a.one': 2, 'b.two': 1 },
  });
  expect(session.functions.filter(({ notMeasuredReason }) => notMeasuredReason)).toEqual([]);
  await opened.close();
});

test('tells of a failed load that the page does not handle, once, with the page’s promise', async () => {
  const seen = await expectSame(harness, async ({ border, imports }) => {
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
      const told = new Promise<PromiseRejectionEvent>((resolve) =>
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
      const event = await told;
      seen.push(
        `${event.promise === promise} ${promise.constructor === Promise} ${String(event.reason)}`,
      );
    }
    return seen;
  });
  expect(seen).toHaveLength(6);
});

test('gives back another instance’s function where a module does nothing but export it again', async () => {
  const seen = await expectSame(harness, async ({ border, imports }) => {
    const { add } = (await WebAssembly.instantiate(await border(), imports())).instance
      .exports as Required<Exports>;
    // (type (func (param i32) (result i32))) (import "m" "f" (func (type 0))) (export "f" (func 0))
    const again = new WebAssembly.Module(
      new Uint8Array([
        0, 0x61, 0x73, 0x6d, 1, 0, 0, 0, 1, 6, 1, 0x60, 1, 0x7f, 1, 0x7f, 2, 7, 1, 1, 0x6d, 1, 0x66,
        0, 0, 7, 5, 1, 1, 0x66, 0, 0,
      ]),
    );
    const { f } = new WebAssembly.Instance(again, {
      m: { f: add },
    } as unknown as WebAssembly.Imports).exports;
    return [f === add, (f as (value: number) => number)(1)];
  });
  expect(seen).toEqual([true, 2]);
});
