import { afterAll, beforeAll, expect, test } from 'vitest';
import { describeFacts } from './describeFacts.ts';
import type { OracleHarness } from './openOracle.ts';
import { openOracle } from './openOracle.ts';

// A page that looks for the agent.

let opened: OracleHarness;
const oracle = (): OracleHarness => opened;

beforeAll(async () => {
  opened = await openOracle();
});
afterAll(() => opened?.close());

describeFacts('a page that looks around finds the same', {
  oracle,
  setUp: async ({ load, imports }) => {
    const { exports } = await load('border', imports());
    for (let turn = 0; turn < 100; turn++) exports.callOne(turn);
    const properties: string[] = [];
    const visit = (path: string, target: object) => {
      for (const key of Reflect.ownKeys(target)) {
        const { value, get, set, writable, enumerable, configurable } =
          Object.getOwnPropertyDescriptor(target, key) as PropertyDescriptor;
        properties.push(
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
    return { properties };
  },
  facts: {
    'globals and properties of built-ins are thousands': ({ properties }) =>
      properties.length > 5000,
    'no variable is named wasmscope': () =>
      typeof (window as { wasmscope?: unknown }).wasmscope === 'undefined',
  },
  same: {
    'globals and properties of built-ins': ({ properties }) => properties.sort(),
    'symbols of the window': () => Object.getOwnPropertySymbols(window).map(String),
    'the document': () => document.documentElement.outerHTML,
    'nodes beside the document’s element': () => document.childNodes.length,
    'properties of the document': () => Object.getOwnPropertyNames(document),
    cookies: () => document.cookie,
    'local storage': () => localStorage.length,
    'session storage': () => sessionStorage.length,
    databases: async () => (await indexedDB.databases()).length,
    marks: () => performance.getEntriesByType('mark').length,
    'service workers': async () => (await navigator.serviceWorker.getRegistrations()).length,
    frames: () => frames.length,
    history: () => history.length > 0,
  },
});

test('every function of the platform prints the same by its own `toString` and by that of a fresh frame', async () => {
  const seen = await opened.same(() => {
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

test('tricks that tell a stand-in from a native find the same', async () => {
  const seen = await opened.same(async ({ attempt }) => {
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
    type Fn = (typeof functions)[number];
    const tricks: Record<string, (fn: Fn) => unknown> = {
      name: (fn) => fn.name,
      'as new.target': (fn) => Reflect.construct(Object, [], fn) instanceof fn,
      'a child as text': (fn) => `${Object.create(fn)}`,
      'as base class': (fn) => class extends (fn as never as typeof Object) {}.name,
      cloned: (fn) => structuredClone(fn),
      'its prototype property': (fn) => Object.getOwnPropertyDescriptor(fn, 'prototype')?.writable,
      descriptors: (fn) => JSON.stringify(Object.getOwnPropertyDescriptors(fn)),
      'name when bound': (fn) => fn.bind(null).name,
      extensible: (fn) => Object.isExtensible(fn),
      'its prototype set again': (fn) => Reflect.setPrototypeOf(fn, Object.getPrototypeOf(fn)),
      'a function by its prototype': (fn) => Object.getPrototypeOf(fn) === Function.prototype,
      'a tag': (fn) => Symbol.toStringTag in fn,
      'a property of a missing property': (fn) => (fn as never as { x: { y: 1 } }).x.y,
      'as number': (fn) => +(fn as never),
      'a function by instanceof': (fn) => fn instanceof Function,
      'twice in a set': (fn) => new Set([fn, fn]).size,
      'its own value': (fn) => Object.is(fn, fn.valueOf()),
    };
    const lines: string[] = [];
    for (const [index, fn] of functions.entries()) {
      for (const [trick, play] of Object.entries(tricks))
        lines.push(`function ${index}, ${trick}: ${await attempt(() => play(fn))}`);
    }
    return lines;
  });
  expect(seen.filter((line) => line.includes('apply') || line.includes('Proxy'))).toEqual([]);
});

test('the agent adds no listener, timer or task through what the page replaces, and dispatches nothing', async () => {
  const seen = await opened.same(async ({ load, imports }) => {
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
