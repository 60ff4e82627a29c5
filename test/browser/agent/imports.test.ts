import { afterAll, beforeAll, expect, test } from 'vitest';
import { callsOf } from '../harness.ts';
import type { OracleHarness } from '../oracle/openOracle.ts';
import { openOracle } from '../oracle/openOracle.ts';
import type { PageHelpers } from './bothPages.ts';

let opened: OracleHarness;

beforeAll(async () => {
  opened = await openOracle();
});
afterAll(() => opened?.close());

test('every way to an instance reads the imports once each, in order, with the engine’s receivers', async () => {
  const seen = await opened.same(async ({ border, imports }) => {
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

test('wrong imports are refused with the engine’s class and message', async () => {
  const seen = await opened.same(async ({ attempt, border, imports }) => {
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
    const cases: unknown[] = [
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
    const ways: Record<string, (given: WebAssembly.Imports) => unknown> = {
      'instantiate(bytes)': (given) => WebAssembly.instantiate(bytes, given),
      'instantiate(module)': (given) => WebAssembly.instantiate(module, given),
      'new Instance': (given) => new WebAssembly.Instance(module, given),
      instantiateStreaming: (given) =>
        WebAssembly.instantiateStreaming(fetch('/border.wasm'), given),
    };
    const lines: string[] = [];
    for (const [index, given] of cases.entries()) {
      for (const [name, way] of Object.entries(ways))
        lines.push(`case ${index} by ${name}: ${await attempt(() => way(given as never))}`);
    }
    return lines;
  });
  expect(seen.filter((line) => line.includes(': thrown'))).not.toHaveLength(0);
});

/**
 * Throws values of every kind from an import through wasm. @returns whether each arrives as itself
 */
const throwThrough = async ({ border, imports }: PageHelpers) => {
  const given = imports();
  let thrown: unknown;
  given.b.two = () => {
    throw thrown;
  };
  const exports = (await WebAssembly.instantiate(await border(), given as never)).instance
    .exports as Record<string, (...values: unknown[]) => unknown>;
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

test('what an import throws passes through wasm as itself', async () => {
  expect(await opened.same(throwThrough)).toEqual(Array(9).fill(true));
});

test('calls are counted among imports that throw', async () => {
  const { page, session, close } = await opened.harness.open({ path: 'page' });
  await page.evaluate(`(${throwThrough.toString()})(globalThis).then(() => {})`);
  expect(callsOf(await session())).toEqual({
    in: { 2: 9, 10: 9 },
    out: { 'b.two': 9, 'a.one': 9 },
  });
  await close();
});
