import { afterAll, beforeAll } from 'vitest';
import { describeFacts } from '../oracle/describeFacts.ts';
import type { OracleHarness } from '../oracle/openOracle.ts';
import { openOracle } from '../oracle/openOracle.ts';

let opened: OracleHarness;
const oracle = (): OracleHarness => opened;

beforeAll(async () => {
  opened = await openOracle();
});
afterAll(() => opened?.close());

for (const name of ['Module', 'Instance', 'Table', 'Global', 'Memory'] as const)
  describeFacts(`WebAssembly.${name}`, {
    oracle,
    given: name,
    setUp: async ({ border, imports }, given) => {
      const type = WebAssembly[given];
      const module = new WebAssembly.Module(await border());
      const made: object = {
        Module: () => module,
        Instance: () => new WebAssembly.Instance(module, imports()),
        Table: () => new WebAssembly.Table({ element: 'anyfunc', initial: 1 }),
        Global: () => new WebAssembly.Global({ value: 'i32' }, 1),
        Memory: () => new WebAssembly.Memory({ initial: 1 }),
      }[given]();
      return { made, type };
    },
    facts: {
      'is the constructor of its prototype': ({ type }) => type.prototype.constructor === type,
      'makes instances of its own': ({ made, type }) => made instanceof type,
      'is the constructor of what it makes': ({ made, type }) => made.constructor === type,
      'gives its prototype to what it makes': ({ made, type }) =>
        Object.getPrototypeOf(made) === type.prototype,
      'is found under its name': ({ type }) => Reflect.get(WebAssembly, type.name) === type,
      'does not take other objects for its own': ({ type }) => !({} instanceof type),
    },
  });

describeFacts('a subclass', {
  oracle,
  setUp: async ({ border, imports }) => {
    const bytes = await border();
    const { Module, Instance, Table, Global } = WebAssembly;
    class OwnModule extends Module {
      own = 1;
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
    const add = subInstance.exports.add as never;
    return { add, bytes, OwnGlobal, OwnInstance, OwnModule, OwnTable, sub, subInstance };
  },
  facts: {
    'of Module makes its own': ({ OwnModule, sub }) => sub instanceof OwnModule,
    'of Module makes modules': ({ sub }) => sub instanceof WebAssembly.Module,
    'of Module has fields': ({ sub }) => sub.own === 1,
    'of Module has Module as prototype': ({ OwnModule }) =>
      Object.getPrototypeOf(OwnModule) === WebAssembly.Module,
    'of Module is the constructor of what it makes': ({ OwnModule, sub }) =>
      sub.constructor === OwnModule,
    'of Module has its static methods': ({ bytes, OwnModule, sub }) =>
      OwnModule.exports(sub).length ===
      WebAssembly.Module.exports(new WebAssembly.Module(bytes)).length,
    'of Module makes modules that can be instantiated': async ({ imports, sub }) =>
      (await WebAssembly.instantiate(sub, imports())) instanceof WebAssembly.Instance,
    'of Instance makes its own': ({ OwnInstance, subInstance }) =>
      subInstance instanceof OwnInstance,
    'of Instance reads its exports': ({ subInstance }) => subInstance.twice === subInstance.exports,
    'of Table takes exported functions': ({ add, OwnTable }) =>
      new OwnTable({ element: 'anyfunc', initial: 1 }, add).get(0) === add,
    'of Global takes exported functions': ({ add, OwnGlobal }) =>
      new OwnGlobal({ value: 'anyfunc' }, add).value === add,
  },
});

describeFacts('what the engine makes without a constructor', {
  oracle,
  setUp: async ({ border, imports }) => {
    const bytes = await border();
    const streamed = await WebAssembly.compileStreaming(fetch('/border.wasm'));
    const loaded = await WebAssembly.instantiate(bytes, imports());
    return { streamed, loaded, cloned: structuredClone(streamed) };
  },
  facts: {
    'is a Module when streamed': ({ streamed }) => streamed instanceof WebAssembly.Module,
    'is a Module when loaded': ({ loaded }) => loaded.module instanceof WebAssembly.Module,
    'is an Instance when loaded': ({ loaded }) => loaded.instance instanceof WebAssembly.Instance,
    'has Instance as constructor when loaded': ({ loaded }) =>
      loaded.instance.constructor === WebAssembly.Instance,
    'is a Module when cloned': ({ cloned }) => cloned instanceof WebAssembly.Module,
    'has Module as constructor when cloned': ({ cloned }) =>
      cloned.constructor === WebAssembly.Module,
  },
});

describeFacts('constructors and methods are used in odd ways', {
  oracle,
  setUp: async ({ border, imports }) => {
    const bytes = await border();
    const module = new WebAssembly.Module(bytes);
    const instance = new WebAssembly.Instance(module, imports());
    const log: string[] = [];
    const target = new Proxy(class {}, {
      get: (object, key) => {
        log.push(String(key));
        return Reflect.get(object, key) as unknown;
      },
    });
    const foreign = Reflect.construct(WebAssembly.Module, [bytes], target) as object;
    const given = [module, imports()];
    const plain = Reflect.construct(WebAssembly.Instance, given, Object) as object;
    return { bytes, foreign, instance, log: [...log], module, plain, target };
  },
  same: {
    'what a foreign `new.target` is asked': ({ log }) => log,
    'the prototype that a foreign `new.target` gives': ({ foreign, target }) =>
      Object.getPrototypeOf(foreign) === target.prototype,
    'the prototype that Object as `new.target` gives': ({ plain }) =>
      Object.getPrototypeOf(plain) === Object.prototype,
    'the text of what a foreign `new.target` made': ({ foreign }) =>
      Object.prototype.toString.call(foreign),
    'Module without `new`': ({ attempt, bytes }) =>
      attempt(() => Reflect.apply(WebAssembly.Module, undefined, [bytes])),
    'Instance without `new`': ({ attempt, module }) =>
      attempt(() => Reflect.apply(WebAssembly.Instance, {}, [module])),
    'Module with what is no constructor as `new.target`': ({ attempt, bytes }) =>
      attempt(() => Reflect.construct(WebAssembly.Module, [bytes], fetch as never)),
    'Table without arguments': ({ attempt }) =>
      attempt(() => Reflect.construct(WebAssembly.Table, [])),
    'Global without a type': ({ attempt }) => attempt(() => new WebAssembly.Global({} as never)),
    'Module.exports of what is no module': ({ attempt }) =>
      attempt(() => WebAssembly.Module.exports({} as never)),
    'Table.get of what is no table': ({ attempt }) =>
      attempt(() => Reflect.apply(WebAssembly.Table.prototype.get, {}, [0])),
    'Table.grow by less than nothing': ({ attempt }) =>
      attempt(() => new WebAssembly.Table({ element: 'anyfunc', initial: 1 }).grow(-1)),
    'Memory.grow of what is no memory': ({ attempt, module }) =>
      attempt(() => Reflect.apply(WebAssembly.Memory.prototype.grow, module, [0])),
    'the value of what is no global': ({ attempt }) =>
      attempt(() => Reflect.get(Object.create(WebAssembly.Global.prototype), 'value')),
    'the exports of what is no instance': ({ attempt, instance }) =>
      attempt(() => Reflect.get(Object.create(instance), 'exports')),
    'Memory.grow by nothing': ({ attempt }) =>
      attempt(() => new WebAssembly.Memory({ initial: 1 }).grow(0)),
  },
});
