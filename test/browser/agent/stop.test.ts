import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Harness } from '../harness.ts';
import { agentScript } from '../harness.ts';
import { openPages } from './bothPages.ts';

/** Keeps every function there is before the agent comes; `changed()` says which are others. */
const KEEP = `
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

/** What the page got while the agent was there. */
const GET = `(async () => {
    const { instance, module } = await WebAssembly.instantiate(await border(), imports());
    const { add, callOne, table } = instance.exports;
    const body = (await fetch('/border.wasm')).body.getReader();
    globalThis.had = { add, callOne, hidden: table.get(1), table, module, fetch, instantiate: WebAssembly.instantiate, Module: WebAssembly.Module, Table: WebAssembly.Table, get: table.get, body };
    return changed();
  })()`;

/** What comes of it after Stop. */
const USE = `(async () => {
  const { add, callOne, hidden, table, module, fetch, instantiate, Module, Table, get, body } = had;
  const bytes = await (await fetch('/border.wasm')).arrayBuffer();
  const again = await instantiate(bytes, { ...imports(), a: { ...imports().a, one: add } });
  table.set(4, add);
  return {
    add: add(1),
    callOne: callOne(1),
    hidden: hidden(4),
    setInTable: table.get(4)(1),
    get: get.call(table, 0)(1),
    instantiate: again.instance.exports.callOne(3),
    Module: new Module(bytes) instanceof WebAssembly.Module,
    Table: new Table({ element: 'anyfunc', initial: 1 }, add).get(0)(1),
    module: (await WebAssembly.instantiate(module, imports())).exports.add(7),
    body: (await body.read()).value.length > 0,
  };
})()`;

let harness: Harness;
let changedBefore: string[];
let changedAfter: unknown;
let used: Record<string, unknown>;
let messages: string[];

beforeAll(async () => {
  harness = await openPages();
  const opened = await harness.open({ path: 'page', agent: `{${KEEP}}${agentScript()}` });
  changedBefore = (await opened.page.evaluate(GET)) as string[];
  await opened.stop();
  used = (await opened.page.evaluate(USE)) as typeof used;
  changedAfter = await opened.page.evaluate('changed()');
  messages = opened.messages;
  await opened.close();
});
afterAll(() => harness?.close());

test('Stop gives the page every native back', () => {
  expect(changedBefore.length).toBeGreaterThan(10);
  expect(changedAfter).toEqual([]);
});

describe('what the page got before Stop works on', () => {
  test.each([
    ['an export', 'add', 2],
    ['an export that calls an import', 'callOne', 11],
    ['a function that only a table holds', 'hidden', 8],
    ['a table into which script puts functions', 'setInTable', 2],
    ['the method that reads tables', 'get', 2],
    ['the function that instantiates, which imports an export', 'instantiate', 4],
    ['the constructor of modules', 'Module', true],
    ['the constructor of tables', 'Table', 2],
    ['a module', 'module', 8],
    ['a reader of a body', 'body', true],
  ])('%s', (_, name, expected) => {
    expect(used[name]).toBe(expected);
  });
});

test('Stop puts nothing on the console', () => {
  expect(messages).toEqual([]);
});
