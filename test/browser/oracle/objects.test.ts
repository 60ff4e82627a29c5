import { afterAll, beforeAll, expect, test } from 'vitest';
import { describeFacts } from './describeFacts.ts';
import type { Anything, OracleHarness } from './openOracle.ts';
import { openOracle } from './openOracle.ts';

let opened: OracleHarness;
const oracle = (): OracleHarness => opened;

beforeAll(async () => {
  opened = await openOracle();
});
afterAll(() => opened?.close());

describeFacts('`exports`', {
  oracle,
  setUp: async ({ load }) => {
    const { exports } = await load('start', { env: { begin() {}, value: 3 } });
    const descriptors = Object.values(Object.getOwnPropertyDescriptors(exports));
    return { exports, descriptors };
  },
  facts: {
    'is frozen': ({ exports }) => Object.isFrozen(exports),
    'is sealed': ({ exports }) => Object.isSealed(exports),
    'is not extensible': ({ exports }) => !Object.isExtensible(exports),
    'has no prototype': ({ exports }) => Object.getPrototypeOf(exports) === null,
    'prints as an object': ({ exports }) =>
      Object.prototype.toString.call(exports) === '[object Object]',
    'is of type object': ({ exports }) => typeof (exports as unknown) === 'object',
    'has the order of the module': ({ exports }) =>
      Reflect.ownKeys(exports).map(String).join() === 'go,next,begin,memory,table,value',
    'has properties that cannot be written': ({ descriptors }) =>
      descriptors.every(({ writable }) => writable === false),
    'has enumerable properties': ({ descriptors }) =>
      descriptors.every(({ enumerable }) => enumerable === true),
    'has properties that cannot be configured': ({ descriptors }) =>
      descriptors.every(({ configurable }) => configurable === false),
    'has no getters': ({ descriptors }) => descriptors.every(({ get }) => get === undefined),
    'has six properties': ({ descriptors }) => descriptors.length === 6,
  },
  same: {
    'can be spread': ({ exports }) => Object.keys({ ...exports }),
    'has entries': ({ exports }) => Object.entries(exports).length,
    'prints as JSON': ({ exports }) => JSON.stringify(exports),
  },
});

describeFacts('what `exports` holds', {
  oracle,
  setUp: async ({ load, wasm }) => {
    const { exports } = await load('start', { env: { begin() {}, value: 3 } });
    const lookAtFunction = (fn: Anything) => ({
      text: String(fn),
      keys: Reflect.ownKeys(fn).map(String),
      hasPrototype: 'prototype' in fn,
      isNative: Object.getPrototypeOf(fn) === Function.prototype,
      isExtensible: Object.isExtensible(fn),
      properties: Object.entries(Object.getOwnPropertyDescriptors(fn)),
    });
    const lookAtObject = (object: Anything) => ({
      text: Object.prototype.toString.call(object),
      isOfItsClass: object instanceof wasm[object.constructor.name as 'Table'],
      keys: Reflect.ownKeys(object).length,
    });
    return { exports, lookAtFunction, lookAtObject };
  },
  same: {
    'an export': ({ exports, lookAtFunction }) => lookAtFunction(exports.go),
    'a second export': ({ exports, lookAtFunction }) => lookAtFunction(exports.next),
    'an export that was imported': ({ exports, lookAtFunction }) => lookAtFunction(exports.begin),
    'a memory': ({ exports, lookAtObject }) => lookAtObject(exports.memory),
    'a table': ({ exports, lookAtObject }) => lookAtObject(exports.table),
    'a global': ({ exports, lookAtObject }) => lookAtObject(exports.value),
  },
});

describeFacts('exports and instances are refused what the engine refuses', {
  oracle,
  setUp: async ({ attempt, load }) => {
    const loaded = await load('start', { env: { begin() {}, value: 3 } });
    const set = (target: object, name: string): Promise<string> =>
      attempt(() => {
        (target as Record<string, unknown>)[name] = 1;
      });
    return { ...loaded, set };
  },
  facts: {
    'setting an export is an error': async ({ exports, set }) =>
      (await set(exports, 'go')) ===
      "thrown TypeError Cannot assign to read only property 'go' of object '[object Object]'",
  },
  same: {
    'setting an export': ({ exports, set }) => set(exports, 'go'),
    'adding an export': ({ exports, set }) => set(exports, 'fresh'),
    'setting a memory’s buffer': ({ exports, set }) => set(exports.memory, 'buffer'),
    'setting a constant global': ({ exports, set }) => set(exports.value, 'value'),
    'calling a memory': ({ attempt, exports }) => attempt(() => exports.memory()),
    'constructing an export': ({ attempt, exports }) => attempt(() => new exports.go()),
    'calling an instance': ({ attempt, instance }) =>
      attempt(() => (instance as unknown as () => void)()),
    'asking a module for a symbol': ({ attempt, module }) =>
      attempt(() => Symbol.iterator in module),
    'printing exports': ({ attempt, exports }) => attempt(() => `${exports}`),
    'constructing an instance without a module': ({ attempt, wasm }) =>
      attempt(() => new wasm.Instance.prototype.constructor()),
    'reading an export that is not there': ({ attempt, instance }) =>
      attempt(() => instance.exports.nothing as unknown),
  },
});

test('the namespace has the names, descriptors and texts of the engine’s', async () => {
  const seen = await opened.same(({ wasm }) => {
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

for (const type of ['Module', 'Instance', 'Memory', 'Table', 'Global'] as const)
  describeFacts(`the constructor of ${type}`, {
    oracle,
    given: type,
    setUp: async ({ bytes, imports, wasm }, given) => {
      const code = await bytes('border');
      const args: unknown[] = {
        Module: [code],
        Instance: [new wasm.Module(code), imports()],
        Memory: [{ initial: 1 }],
        Table: [{ element: 'anyfunc', initial: 1 }],
        Global: [{ value: 'i32' }, 5],
      }[given];
      const native = wasm[given] as unknown as {
        new (...args: unknown[]): object;
        prototype: object;
      };
      class Own extends native {
        own = 1;
      }
      const sub = new Own(...args) as { own: number; constructor: unknown };
      return { given, args, native, Own, sub };
    },
    facts: {
      'makes instances of a subclass': ({ Own, sub }) => sub instanceof Own,
      'makes instances of its own for a subclass': ({ native, sub }) => sub instanceof native,
      'lets a subclass have fields': ({ sub }) => sub.own === 1,
      'gives a subclass’s instance its constructor': ({ Own, sub }) => sub.constructor === Own,
      'takes the prototype of a foreign `new.target`': ({ args, native }) =>
        Object.getPrototypeOf(Reflect.construct(native, args, Date)) === Date.prototype,
      'makes a subclass’s instance print as its own': ({ given, sub }) =>
        Object.prototype.toString.call(sub) === `[object WebAssembly.${given}]`,
      'is its prototype’s constructor': ({ native }) => native.prototype.constructor === native,
      'is the prototype of a subclass': ({ native, Own }) => Object.getPrototypeOf(Own) === native,
      'is a function': ({ native }) => Object.getPrototypeOf(native) === Function.prototype,
    },
    same: {
      'called without `new`': ({ args, attempt, native, sub }) =>
        attempt(() => (native as unknown as () => unknown).call(sub as never, ...(args as []))),
      'without arguments': ({ attempt, native }) => attempt(() => Reflect.construct(native, [])),
      'with null as `new.target`': ({ args, attempt, native }) =>
        attempt(() => Reflect.construct(native, args, null as never)),
      'bound to its arguments': ({ args, native }) =>
        new (native.bind(null, ...args))() instanceof native,
      'as another constructor’s `new.target`': ({ native }) =>
        Reflect.construct(Object, [], native) instanceof native,
    },
  });

describeFacts('a frame’s interface', {
  oracle,
  setUp: async ({ bytes, imports, wasm }) => {
    const frame = document.createElement('iframe');
    document.body.append(frame);
    const there = frame.contentWindow as unknown as typeof globalThis & {
      WebAssembly: typeof wasm;
    };
    const theirs = there.WebAssembly;
    const code = await bytes('border');
    const ours = new wasm.Module(code);
    const foreign = new theirs.Module(code);
    const result = await (theirs.instantiate as typeof wasm)(ours, imports());
    const add = (instance: unknown) => (instance as typeof wasm).exports.add(1);
    /** Of which realm the error is, and its message. */
    const errorOf = (run: () => unknown): object => {
      try {
        run();
        return { error: 'none' };
      } catch (thrown) {
        const { constructor: type, message } = thrown as Error;
        return {
          message,
          ourLinkError: type === (wasm.LinkError as unknown),
          theirLinkError: type === (theirs.LinkError as unknown),
          ourTypeError: type === TypeError,
          theirTypeError: type === there.TypeError,
        };
      }
    };
    return { add, code, errorOf, foreign, ours, result, theirs, there };
  },
  facts: {
    'is another one than this realm’s': ({ theirs, wasm }) => theirs !== wasm,
    'has classes of its own': ({ theirs, wasm }) => theirs.Module !== wasm.Module,
    'instantiates this realm’s module': ({ add, imports, is, ours, theirs }) =>
      is(add(new theirs.Instance(ours, imports())), 2),
    'has its module instantiated by this realm': ({ add, foreign, imports, is, wasm }) =>
      is(add(new wasm.Instance(foreign, imports())), 2),
    'loads this realm’s module, which calls its imports': ({ is, result }) =>
      is(result.exports.callOne(1), 11),
  },
  same: {
    'lists the exports of this realm’s module': ({ foreign, ours, theirs, wasm }) =>
      wasm.Module.exports(foreign).length === theirs.Module.exports(ours).length,
    'gives an instance of its own for this realm’s module': ({ result, theirs }) =>
      result instanceof theirs.Instance,
    'gives no instance of this realm for this realm’s module': ({ result, wasm }) =>
      result instanceof wasm.Instance,
    'gives promises of its own': ({ code, theirs, there }) =>
      Object.getPrototypeOf(theirs.compile(code)) === there.Promise.prototype,
    'leaves this realm’s promises alone': ({ code, wasm }) =>
      Object.getPrototypeOf(wasm.compile(code)) === Promise.prototype,
    'leaves this realm’s link errors alone': ({ errorOf, imports, ours, wasm }) =>
      errorOf(() => new wasm.Instance(ours, { ...imports(), b: { two: 1 } })),
    'throws link errors of its own': ({ errorOf, imports, ours, theirs }) =>
      errorOf(() => new theirs.Instance(ours, { ...imports(), b: { two: 1 } })),
    'throws an error for the wrong receiver': ({ errorOf, theirs, wasm }) =>
      errorOf(() => theirs.Table.prototype.get.call(wasm, 0)),
    'throws an error for missing imports': ({ errorOf, ours, theirs }) =>
      errorOf(() => new theirs.Instance(ours, {})),
    'throws an error when called without `new`': ({ errorOf, theirs }) =>
      errorOf(() => theirs.Instance()),
    'is taken as `new.target` by this realm’s constructor': ({ code, theirs, wasm }) =>
      Reflect.construct(wasm.Module, [code], theirs.Module) instanceof theirs.Module,
    'takes this realm’s `new.target`': ({ theirs, wasm }) =>
      Object.getPrototypeOf(Reflect.construct(theirs.Memory, [{ initial: 1 }], wasm.Memory)) ===
      (wasm.Memory.prototype as unknown),
    'prints this realm’s functions': ({ there, wasm }) =>
      there.Function.prototype.toString.call(wasm.instantiate as never),
    'prints its own `toString`': ({ there }) =>
      there.Function.prototype.toString.call(there.Function.prototype.toString),
  },
});
