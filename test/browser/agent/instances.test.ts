import { afterAll, beforeAll, expect, test } from 'vitest';
import { callsOf } from '../harness.ts';
import { describeFacts } from '../oracle/describeFacts.ts';
import type { OracleHarness } from '../oracle/openOracle.ts';
import { openOracle } from '../oracle/openOracle.ts';

let opened: OracleHarness;
const oracle = (): OracleHarness => opened;

beforeAll(async () => {
  opened = await openOracle();
});
afterAll(() => opened?.close());

describeFacts('the exports of an instance', {
  oracle,
  setUp: async ({ border, imports }) => {
    const { instance, module } = await WebAssembly.instantiate(await border(), imports());
    const constructed = new WebAssembly.Instance(module, imports());
    const instantiated = await WebAssembly.instantiate(module, imports());
    const lookAt = ({ exports }: WebAssembly.Instance) => ({
      frozen: Object.isFrozen(exports),
      extensible: Object.isExtensible(exports),
      prototype: Object.getPrototypeOf(exports) as unknown,
      keys: Reflect.ownKeys(exports).map(String),
      text: Object.prototype.toString.call(exports),
      properties: Object.entries(Object.getOwnPropertyDescriptors(exports)).map(
        ([name, { writable, enumerable, configurable, value }]) => ({
          name,
          writable,
          enumerable,
          configurable,
          text: String(value),
          valueName: value.name as unknown,
          length: value.length as unknown,
          keys: typeof value === 'function' ? Reflect.ownKeys(value).map(String) : [],
        }),
      ),
    });
    return { constructed, first: instance.exports, instance, instantiated, lookAt };
  },
  facts: {
    'are one object at every reading': ({ first, instance }) => instance.exports === first,
    'are frozen': ({ first }) => Object.isFrozen(first),
    'cannot be extended': ({ first }) => !Object.isExtensible(first),
    'have no prototype': ({ first }) => Object.getPrototypeOf(first) === null,
    'are others for an instance that is constructed': ({ constructed, first }) =>
      constructed.exports !== first && constructed.exports.add !== first.add,
    'are others for an instance of a module': ({ first, instantiated }) =>
      instantiated.exports !== first && instantiated.exports.add !== first.add,
  },
  same: {
    'are no property of the instance': ({ instance }) => Object.getOwnPropertyNames(instance),
    'look the same': ({ instance, lookAt }) => lookAt(instance),
    'look the same for an instance that is constructed': ({ constructed, lookAt }) =>
      lookAt(constructed),
    'look the same for an instance of a module': ({ instantiated, lookAt }) => lookAt(instantiated),
  },
});

describeFacts('exports cannot be changed', {
  oracle,
  setUp: async ({ border, imports }) => {
    const { instance } = await WebAssembly.instantiate(await border(), imports());
    return { exports: instance.exports as Record<string, unknown> };
  },
  same: {
    'by writing one': ({ attempt, exports }) =>
      attempt(() => {
        exports.add = 1;
      }),
    'by adding one': ({ attempt, exports }) =>
      attempt(() => {
        exports.fresh = 1;
      }),
    'by deleting one': ({ attempt, exports }) =>
      attempt(() => {
        delete exports.add;
      }),
    'by defining one': ({ attempt, exports }) =>
      attempt(() => Object.defineProperty(exports, 'add', { value: 1 })),
    'by setting their prototype': ({ attempt, exports }) =>
      attempt(() => Object.setPrototypeOf(exports, {})),
    'nor read from the prototype of instances': ({ attempt }) =>
      attempt(() => Reflect.get(WebAssembly.Instance.prototype, 'exports')),
    'nor constructed': ({ attempt, exports }) =>
      attempt(() => new (exports.add as new () => object)()),
  },
});

describeFacts('an exported function is one object', {
  oracle,
  setUp: async ({ border, imports }) => {
    const bytes = await border();
    type Exports = Record<string, (...values: unknown[]) => unknown> & {
      table: WebAssembly.Table;
      ref: WebAssembly.Global;
    };
    const exportsOf = async (given: unknown) =>
      (await WebAssembly.instantiate(bytes, given as WebAssembly.Imports)).instance
        .exports as Required<Exports>;
    const first = await exportsOf(imports());
    const { add, table, ref } = first;
    const hidden = table.get(1);
    return { add, exportsOf, first, hidden, ref, table };
  },
  facts: {
    'under an alias': ({ add, first }) => first.z === add,
    'under the name of the prototype': ({ add, first }) => Reflect.get(first, '__proto__') === add,
    'under an empty name': ({ add, first }) => first[''] === add,
    'under a number': ({ first }) => first['10'] === first.callOne,
    'in a table': ({ add, table }) => table.get(0) === add,
    'in two places of a table': ({ table }) => table.get(3) === table.get(0),
    'if only a table holds it': ({ hidden, table }) => table.get(1) === hidden,
    'if only a table holds it, with its index as name': ({ hidden }) => hidden.name === '6',
    'if it was imported': ({ first, table }) => table.get(2) === first.one,
    'if it was imported, with its index as name': ({ first }) => first.one?.name === '0',
    'as the value of a global': ({ add, ref }) => ref.value === add,
    'as the primitive value of a global': ({ add, ref }) => ref.valueOf() === add,
    'and null where there is none': ({ table }) => table.get(4) === null,
    'with its index as name': ({ add }) => add?.name === '3',
    'with its number of parameters': ({ add }) => add?.length === 1,
    'when script puts it into the table': ({ add, table }) => {
      table.set(4, add);
      return table.get(4) === add;
    },
    'when script puts what only a table holds into the table': ({ hidden, table }) => {
      table.set(5, hidden);
      return table.get(5) === hidden;
    },
    'when the table grows by it': ({ first, table }) =>
      table.grow(1, first.callOne) === 6 && table.get(6) === first.callOne,
    'when script sets a global to it': ({ hidden, ref }) => {
      ref.value = hidden;
      return ref.value === hidden;
    },
    'in a table of the page': ({ add }) => {
      const own = new WebAssembly.Table({ element: 'anyfunc', initial: 2 }, add as never);
      return own.get(1) === add && own.get(0)(1) === 2;
    },
    'in a global of the page': ({ add }) =>
      new WebAssembly.Global({ value: 'anyfunc', mutable: true }, add as never).value === add,
    'if only a table holds it, which works': ({ hidden }) => hidden(3) === 6,
    'among the page’s own functions in a table of references': ({ add }) => {
      const any = new WebAssembly.Table({ element: 'externref' as never, initial: 3 });
      const plain = () => 1;
      any.set(0, add as never);
      any.set(1, plain as never);
      return any.get(0) === add && any.get(1) === plain && any.get(2) === undefined;
    },
    'for another instance that imports it': async ({ add, exportsOf, first, hidden, imports }) => {
      const given = { a: { ...imports().a, one: add, three: hidden }, b: { two: first.callTwo } };
      const second = await exportsOf(given);
      return second.one === add && second.table.get(2) === add;
    },
    'for another instance that imports it, which calls it': async ({
      add,
      exportsOf,
      first,
      hidden,
      imports,
    }) => {
      const given = { a: { ...imports().a, one: add, three: hidden }, b: { two: first.callTwo } };
      const second = await exportsOf(given);
      second.table.set(3, hidden);
      return (
        `${second.callOne?.(1)} ${second.callThree?.(4)} ${second.callTable?.(5)}` === '2 8 10'
      );
    },
    'and another one for another instance': async ({ add, exportsOf, imports }) =>
      (await exportsOf(imports())).add !== add,
    'in another instance’s table': async ({ exportsOf, imports, table }) => {
      const second = await exportsOf(imports());
      table.set(0, second.add);
      return table.get(0) === second.add;
    },
  },
});

describeFacts('where wasm itself takes it and gives it, an exported function is one object', {
  oracle,
  setUp: async ({ load, imports }) => ({ exports: (await load('border', imports())).exports }),
  facts: {
    'out of a table': ({ exports }) => exports.at(0) === exports.add,
    'out of a table that alone holds it': ({ exports }) => exports.at(1) === exports.table.get(1),
    'out of a table, imported': ({ exports }) => exports.at(2) === exports.one,
    'and null out of an empty place': ({ exports }) => exports.at(4) === null,
    'as a result': ({ exports }) => exports.give() === exports.add,
    'that it has put into a table': ({ exports }) => {
      exports.put(4, exports.add);
      return exports.at(4) === exports.add;
    },
    'that it has put into a table, for script': ({ exports }) =>
      exports.table.get(4) === exports.add,
    'that script has put into a table': ({ exports }) => {
      exports.table.set(5, exports.add);
      return exports.at(5) === exports.add;
    },
  },
});

describeFacts('a module that only exports its import again', {
  oracle,
  setUp: async ({ border, imports }) => {
    const { add } = (await WebAssembly.instantiate(await border(), imports())).instance.exports;
    // (type (func (param i32) (result i32))) (import "m" "f" (func (type 0))) (export "f" (func 0))
    const again = new WebAssembly.Module(
      new Uint8Array([
        0, 0x61, 0x73, 0x6d, 1, 0, 0, 0, 1, 6, 1, 0x60, 1, 0x7f, 1, 0x7f, 2, 7, 1, 1, 0x6d, 1, 0x66,
        0, 0, 7, 5, 1, 1, 0x66, 0, 0,
      ]),
    );
    const given = { m: { f: add } } as unknown as WebAssembly.Imports;
    return { add, f: new WebAssembly.Instance(again, given).exports.f };
  },
  facts: {
    'gives another instance’s function back': ({ add, f }) => f === add,
    'gives a function that works': ({ f }) => (f as (value: number) => number)(1) === 2,
  },
});

test('an instance of a Module is counted, with names like numbers and an import exported again', async () => {
  const { page, session: recorded, close } = await opened.harness.open({ path: 'page' });
  await page.evaluate(`(async () => {
    const module = await WebAssembly.compile(await border());
    const { exports } = await WebAssembly.instantiate(module, imports());
    exports.one(1); exports.add(1); exports.callTwo(); exports.at(1)(3); exports.at(2)(3); exports.put(4, exports.add); exports.callTable(1);
  })()`);
  const session = await recorded();
  expect(callsOf(session)).toEqual({
    in: { one: 2, z: 1, 2: 1, at: 2, 'table function 6': 1, put: 1, callTable: 1 },
    out: { 'a.one': 2, 'b.two': 1 },
  });
  expect(session.functions.filter(({ notMeasuredReason }) => notMeasuredReason)).toEqual([]);
  await close();
});
