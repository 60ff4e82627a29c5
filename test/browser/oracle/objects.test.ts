import { afterAll, beforeAll, expect, test } from 'vitest';
import type { OracleHarness } from './openOracle.ts';
import { openOracle } from './openOracle.ts';

let oracle: OracleHarness;

beforeAll(async () => {
  oracle = await openOracle();
});
afterAll(() => oracle?.close());

test('`exports` is frozen, without prototype, in the module’s order, with the descriptors of the specification', async () => {
  const seen = await oracle.same(async ({ load, wasm }) => {
    const { exports } = await load('start', { env: { begin() {}, value: 3 } });
    return {
      state: [
        Object.isFrozen(exports),
        Object.isSealed(exports),
        Object.isExtensible(exports),
        Object.getPrototypeOf(exports),
        Object.prototype.toString.call(exports),
        typeof exports,
      ],
      order: Reflect.ownKeys(exports).map(String),
      spread: Object.keys({ ...exports }),
      found: [...Object.entries(exports)].length,
      json: JSON.stringify(exports),
      descriptors: Object.values(Object.getOwnPropertyDescriptors(exports)).map(
        ({ writable, enumerable, configurable, get }) => [
          writable,
          enumerable,
          configurable,
          typeof get,
        ],
      ),
      functions: [exports.go, exports.next, exports.begin].map((fn) => [
        fn.name,
        fn.length,
        `${fn}`,
        Reflect.ownKeys(fn).map(String),
        'prototype' in fn,
        Object.getPrototypeOf(fn) === Function.prototype,
        Object.isExtensible(fn),
        Object.entries(Object.getOwnPropertyDescriptors(fn)).map(
          ([key, { value, writable, enumerable, configurable }]) => [
            key,
            value,
            writable,
            enumerable,
            configurable,
          ],
        ),
      ]),
      tags: [exports.memory, exports.table, exports.value].map((object) => [
        Object.prototype.toString.call(object),
        object instanceof wasm[object.constructor.name as 'Table'],
        Reflect.ownKeys(object).length,
      ]),
    };
  });
  expect(seen.state).toEqual([true, true, false, null, '[object Object]', 'object']);
  expect(seen.order).toEqual(['go', 'next', 'begin', 'memory', 'table', 'value']);
  expect(seen.descriptors).toEqual(Array(6).fill([false, true, false, 'undefined']));
});

test('refuses to change exports and instances in the engine’s words', async () => {
  const seen = await oracle.same(async ({ attempt, load, wasm }) => {
    const { exports, instance, module } = await load('start', { env: { begin() {}, value: 3 } });
    const set = (target: object, name: string) =>
      attempt(() => {
        (target as Record<string, unknown>)[name] = 1;
      });
    return [
      await set(exports, 'go'),
      await set(exports, 'fresh'),
      await set(exports.memory, 'buffer'),
      await set(exports.value, 'value'),
      await attempt(() => exports.memory()),
      await attempt(() => new exports.go()),
      await attempt(() => (instance as unknown as () => void)()),
      await attempt(() => Symbol.iterator in module),
      await attempt(() => `${exports}`),
      await attempt(() => new wasm.Instance.prototype.constructor()),
      await attempt(() => instance.exports.nothing as unknown),
    ];
  });
  expect(seen[0]).toBe(
    "thrown TypeError Cannot assign to read only property 'go' of object '[object Object]'",
  );
});

test('the namespace has the names, descriptors and texts that the engine gives it', async () => {
  const seen = await oracle.same(({ wasm }) => {
    const lines: unknown[] = [
      Object.prototype.toString.call(wasm),
      Object.getPrototypeOf(wasm) === Object.prototype,
      Object.getOwnPropertyNames(wasm),
      Object.keys(wasm),
    ];
    const describe = (path: string, target: object) => {
      for (const key of Reflect.ownKeys(target)) {
        const { value, get, set, ...rest } = Object.getOwnPropertyDescriptor(
          target,
          key,
        ) as PropertyDescriptor;
        lines.push([
          path,
          String(key),
          rest,
          ...[value, get, set].map((part) =>
            typeof part === 'function'
              ? [
                  part.name,
                  part.length,
                  `${part}`,
                  Reflect.ownKeys(part).map(String),
                  Object.prototype.toString.call(part),
                  Object.isFrozen(part),
                  `${part.bind()}`,
                  part.bind().name,
                ]
              : String(part),
          ),
        ]);
      }
    };
    describe('WebAssembly', wasm);
    for (const name of Object.getOwnPropertyNames(wasm)) {
      const type = wasm[name as 'Table'] as unknown as { prototype?: object };
      describe(name, type);
      if (type.prototype) describe(`${name}.prototype`, type.prototype);
    }
    return lines;
  });
  expect(seen.length).toBeGreaterThan(80);
});

test('constructors take subclasses, foreign `new.target`s and reflection as the specification has it', async () => {
  const seen = await oracle.same(async ({ attempt, bytes, imports, wasm }) => {
    const code = await bytes('border');
    const types = {
      Module: [code],
      Instance: [new wasm.Module(code), imports()],
      Memory: [{ initial: 1 }],
      Table: [{ element: 'anyfunc', initial: 1 }],
      Global: [{ value: 'i32' }, 5],
    } as const;
    const lines: unknown[] = [];
    for (const [name, args] of Object.entries(types)) {
      const type = wasm[name as 'Table'] as unknown as {
        new (...args: unknown[]): object;
        prototype: object;
      };
      class Own extends type {
        own = 1;
      }
      const sub = new Own(...args) as { own: number; constructor: unknown };
      const strange = Reflect.construct(type, args, Date) as object;
      lines.push([
        sub instanceof Own,
        sub instanceof type,
        sub.own,
        sub.constructor === Own,
        Object.getPrototypeOf(strange) === Date.prototype,
        Object.prototype.toString.call(sub),
        type.prototype.constructor === type,
        Object.getPrototypeOf(Own) === type,
        Object.getPrototypeOf(type) === Function.prototype,
        await attempt(() => type.call(sub, ...args)),
        await attempt(() => Reflect.construct(type, [])),
        await attempt(() => Reflect.construct(type, args, null as never)),
        new (type.bind(null, ...args))() instanceof type,
        Reflect.construct(Object, [], type) instanceof type,
      ]);
    }
    return lines;
  });
  expect(seen.map((line) => (line as unknown[]).slice(0, 9))).toEqual(
    ['Module', 'Instance', 'Memory', 'Table', 'Global'].map((name) => [
      true,
      true,
      1,
      true,
      true,
      `[object WebAssembly.${name}]`,
      true,
      true,
      true,
    ]),
  );
});

test('a frame’s interface works on this realm’s objects and the reverse, with errors of the right realm', async () => {
  const seen = await oracle.same(async ({ bytes, imports, wasm }) => {
    const frame = document.createElement('iframe');
    document.body.append(frame);
    const there = frame.contentWindow as unknown as typeof globalThis & {
      WebAssembly: typeof wasm;
    };
    const theirs = there.WebAssembly;
    const code = await bytes('border');
    const ours = new wasm.Module(code);
    const foreign = new theirs.Module(code);
    const add = (instance: unknown) => (instance as typeof wasm).exports.add(1);
    const error = (run: () => unknown): string => {
      try {
        run();
        return 'none';
      } catch (thrown) {
        const { constructor: type, message } = thrown as Error;
        return [
          type === wasm.LinkError,
          type === theirs.LinkError,
          type === TypeError,
          type === there.TypeError,
          message,
        ].join(' ');
      }
    };
    const result = await (theirs.instantiate as typeof wasm)(ours, imports());
    return [
      theirs !== wasm,
      theirs.Module !== wasm.Module,
      add(new theirs.Instance(ours, imports())),
      add(new wasm.Instance(foreign, imports())),
      result.exports.callOne(1),
      wasm.Module.exports(foreign).length === theirs.Module.exports(ours).length,
      result instanceof theirs.Instance,
      result instanceof wasm.Instance,
      Object.getPrototypeOf(theirs.compile(code)) === there.Promise.prototype,
      Object.getPrototypeOf(wasm.compile(code)) === Promise.prototype,
      error(() => new wasm.Instance(ours, { ...imports(), b: { two: 1 } })),
      error(() => new theirs.Instance(ours, { ...imports(), b: { two: 1 } })),
      error(() => theirs.Table.prototype.get.call(wasm, 0)),
      error(() => new theirs.Instance(ours, {})),
      error(() => theirs.Instance()),
      Reflect.construct(wasm.Module, [code], theirs.Module) instanceof theirs.Module,
      Object.getPrototypeOf(Reflect.construct(theirs.Memory, [{ initial: 1 }], wasm.Memory)) ===
        wasm.Memory.prototype,
      there.Function.prototype.toString.call(wasm.instantiate),
      there.Function.prototype.toString.call(there.Function.prototype.toString),
    ];
  });
  expect(seen.slice(0, 5)).toEqual([true, true, 2, 2, 11]);
});
