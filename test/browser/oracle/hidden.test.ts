import { afterAll, beforeAll, expect, test } from 'vitest';
import type { OracleHarness } from './openOracle.ts';
import { openOracle } from './openOracle.ts';

// A page that looks for the agent.

let oracle: OracleHarness;

beforeAll(async () => {
  oracle = await openOracle();
});
afterAll(() => oracle?.close());

test('has no global, property of a built-in, node, entry or stored thing that is not there without it', async () => {
  const seen = await oracle.same(async ({ load, imports }) => {
    const { exports } = await load('border', imports());
    for (let at = 0; at < 100; at++) exports.callOne(at);
    const all: string[] = [];
    const visit = (path: string, target: object) => {
      for (const key of Reflect.ownKeys(target)) {
        const { value, get, set, writable, enumerable, configurable } =
          Object.getOwnPropertyDescriptor(target, key) as PropertyDescriptor;
        all.push(
          `${path}.${String(key)} ${writable} ${enumerable} ${configurable} ${typeof value} ${typeof get} ${typeof set}`,
        );
      }
    };
    visit('window', window);
    for (const name of Object.getOwnPropertyNames(window).filter((key) => /^[A-Z]/.test(key))) {
      const value = Reflect.get(window, name) as { prototype?: object } | null;
      if (value === null || (typeof value !== 'object' && typeof value !== 'function')) continue;
      visit(name, value);
      if (value.prototype) visit(`${name}.prototype`, value.prototype);
    }
    return [
      all.sort().join('\n').length,
      all.length,
      document.documentElement.outerHTML,
      document.childNodes.length,
      Object.getOwnPropertyNames(document),
      document.cookie,
      localStorage.length,
      sessionStorage.length,
      (await indexedDB.databases()).length,
      performance.getEntriesByType('mark').length,
      Object.getOwnPropertySymbols(window).map(String),
      (await navigator.serviceWorker.getRegistrations()).length,
      frames.length,
      history.length > 0,
      typeof (window as { wasmscope?: unknown }).wasmscope,
    ];
  });
  expect(seen[1]).toBeGreaterThan(5000);
});

test('prints every function of the platform as a fresh frame and its own `toString` print it', async () => {
  const seen = await oracle.same(() => {
    const frame = document.createElement('iframe');
    document.body.append(frame);
    const there = frame.contentWindow as unknown as typeof globalThis;
    const prints = [Function.prototype.toString, there.Function.prototype.toString];
    const lines: string[] = [];
    const visit = (path: string, target: object) => {
      for (const key of Reflect.ownKeys(target)) {
        const { value, get, set } = Object.getOwnPropertyDescriptor(
          target,
          key,
        ) as PropertyDescriptor;
        for (const part of [value, get, set] as unknown[]) {
          if (typeof part !== 'function') continue;
          const texts = prints.map((print) => print.call(part));
          lines.push(
            `${path}.${String(key)} ${texts.join(' ')} ${part.name} ${part.length} ${Object.prototype.toString.call(part)} ${Reflect.ownKeys(part).map(String)} ${`${part}` === texts[0]} ${part.toString() === texts[0]}`,
          );
        }
      }
    };
    for (const [name, target] of Object.entries({
      window,
      WebAssembly,
      Response,
      ReadableStream,
      ReadableStreamDefaultReader,
      HTMLIFrameElement,
      Function,
    })) {
      visit(name, target);
      if ('prototype' in target) visit(`${name}.prototype`, target.prototype as object);
    }
    for (const name of Object.getOwnPropertyNames(WebAssembly)) {
      const type = Reflect.get(WebAssembly, name) as { prototype?: object };
      visit(name, type);
      if (type.prototype) visit(`${name}.prototype`, type.prototype);
    }
    return lines;
  });
  expect(seen.length).toBeGreaterThan(500);
  expect(
    seen.filter((line) => line.startsWith('WebAssembly.') && !line.includes('[native code]')),
  ).toEqual([]);
});

test('answers the tricks that tell a stand-in from a native as the native does', async () => {
  const seen = await oracle.same(async ({ attempt }) => {
    const { get, set, grow } = WebAssembly.Table.prototype;
    const functions = [
      WebAssembly.instantiate,
      WebAssembly.compileStreaming,
      get,
      set,
      grow,
      fetch,
      Function.prototype.toString,
      WebAssembly.Module,
      WebAssembly.Instance,
    ] as (((...args: unknown[]) => unknown) & { prototype?: object })[];
    const lines: string[] = [];
    for (const fn of functions) {
      lines.push(
        fn.name,
        await attempt(() => Reflect.construct(Object, [], fn) instanceof fn),
        await attempt(() => `${Object.create(fn)}`),
        await attempt(() => class extends (fn as never as typeof Object) {}.name),
        await attempt(() => structuredClone(fn)),
        await attempt(() => Object.getOwnPropertyDescriptor(fn, 'prototype')?.writable),
        await attempt(() => JSON.stringify(Object.getOwnPropertyDescriptors(fn))),
        await attempt(() => fn.bind(null).name),
        await attempt(() => Object.isExtensible(fn)),
        await attempt(() => Reflect.setPrototypeOf(fn, Object.getPrototypeOf(fn))),
        await attempt(() => Object.getPrototypeOf(fn) === Function.prototype),
        await attempt(() => Symbol.toStringTag in fn),
        await attempt(() => (fn as never as { x: { y: 1 } }).x.y),
        await attempt(() => +(fn as never)),
        await attempt(() => fn instanceof Function),
        await attempt(() => new Set([fn, fn]).size),
        await attempt(() => Object.is(fn, fn.valueOf())),
      );
    }
    return lines;
  });
  expect(seen.filter((line) => line.includes('apply') || line.includes('Proxy'))).toEqual([]);
});

test('adds no listener, timer or task through what the page replaces, and dispatches nothing that it hears', async () => {
  const seen = await oracle.same(async ({ load, imports }) => {
    const log: string[] = [];
    const wrap = (target: object, name: string) => {
      const native = Reflect.get(target, name) as (...args: unknown[]) => unknown;
      Reflect.set(target, name, function (this: unknown, ...args: unknown[]) {
        log.push(`${name} ${args.map((arg) => typeof arg).join()}`);
        return Reflect.apply(native, this, args);
      });
    };
    for (const name of ['addEventListener', 'removeEventListener', 'dispatchEvent'])
      wrap(EventTarget.prototype, name);
    for (const name of [
      'setTimeout',
      'setInterval',
      'queueMicrotask',
      'requestAnimationFrame',
      'postMessage',
    ])
      wrap(window, name);
    wrap(performance, 'mark');
    wrap(Promise.prototype, 'then');
    const types = [
      'message',
      'error',
      'unhandledrejection',
      'rejectionhandled',
      'wasmscope',
      'hello',
      'report',
      'command',
    ];
    for (const type of types) window.addEventListener(type, () => log.push(`event ${type}`), true);
    const { exports } = await load('border', imports());
    exports.callOne(exports.table.get(1)(2));
    await new Promise((resolve) =>
      Reflect.apply(Object.getPrototypeOf(async () => {}).constructor('f', 'f()'), null, [resolve]),
    );
    return log;
  });
  expect(seen.filter((line) => line.startsWith('event'))).toEqual([]);
});
