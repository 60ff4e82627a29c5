import { afterAll, beforeAll, expect, test } from 'vitest';
import { describeFacts } from './describeFacts.ts';
import type { OracleHarness } from './openOracle.ts';
import { openOracle } from './openOracle.ts';

let opened: OracleHarness;
const oracle = (): OracleHarness => opened;

beforeAll(async () => {
  opened = await openOracle();
});
afterAll(() => opened?.close());

test('exported functions of any instance go into tables and globals, and nothing else does', async () => {
  const seen = await opened.same(async ({ attempt, load, imports, wasm }) => {
    const { exports } = await load('border', imports());
    const again = await load('again', {
      m: { f: (n: number) => n, t: exports.table, m: new wasm.Memory({ initial: 1 }) },
    });
    const values = {
      'an export': exports.add,
      'an export that was imported': exports.one,
      'an export that only a table holds': exports.table.get(1),
      'an export of another instance': again.exports.f,
      null: null,
      undefined: undefined,
      'the page’s own function': () => 1,
      'a bound export': exports.add.bind(null),
      'a proxy of an export': new Proxy(exports.add as never, {}),
      'a number': 1,
      'an object': {},
      'a function of the platform': Math.max,
    };
    const newTable = () => new wasm.Table({ element: 'anyfunc', initial: 1 });
    const ways: Record<string, (value: unknown) => unknown> = {
      'Table.set': (value) => newTable().set(0, value),
      'Table.grow': (value) => newTable().grow(1, value),
      'new Table': (value) => new wasm.Table({ element: 'anyfunc', initial: 1 }, value).get(0),
      'new Global': (value) => new wasm.Global({ value: 'anyfunc' }, value).value,
      'Global.value': (value) => {
        (new wasm.Global({ value: 'anyfunc', mutable: true }) as { value: unknown }).value = value;
      },
      'a call into wasm': (value) => exports.put(0, value),
    };
    const lines: string[] = [];
    for (const [what, value] of Object.entries(values)) {
      for (const [where, put] of Object.entries(ways))
        lines.push(`${what} by ${where}: ${await attempt(() => put(value))}`);
    }
    return lines;
  });
  expect(seen.filter((line) => line.includes(': thrown TypeError')).length).toBeGreaterThan(30);
});

describeFacts('another instance’s imports', {
  oracle,
  setUp: async ({ attempt, load, imports }) => {
    const { exports } = await load('border', imports());
    const given = imports();
    const link = (one: unknown, two: unknown): Promise<string> =>
      attempt(async () =>
        (await load('border', { a: { ...given.a, one }, b: { two } })).exports.callOne(20),
      );
    return { exports, given, link };
  },
  facts: {
    'take exported functions of the right type': async ({ exports, link }) =>
      (await link(exports.add, exports.callTwo)) === 'returned 21',
    'take exported functions that only a table holds': async ({ exports, link }) =>
      (await link(exports.table.get(1), () => {})) === 'returned 40',
    'refuse an exported function of the wrong type': async ({ exports, link }) =>
      (await link(exports.callTwo, exports.callTwo)).startsWith('thrown LinkError'),
    'refuse an exported function of the wrong type in another place': async ({ exports, link }) =>
      (await link(exports.add, exports.add)).startsWith('thrown LinkError'),
    'refuse an exported function with another result': async ({ exports, given, link }) =>
      (await link(exports.at, given.b.two)).startsWith('thrown LinkError'),
  },
  same: {
    'an exported function of the wrong type': ({ exports, link }) =>
      link(exports.callTwo, exports.callTwo),
    'an exported function of the wrong type in another place': ({ exports, link }) =>
      link(exports.add, exports.add),
    'an exported function that was imported': ({ exports, given, link }) =>
      link(exports.one, given.b.two),
    'an exported function with another result': ({ exports, given, link }) =>
      link(exports.at, given.b.two),
    'a bound export and a function of the platform': ({ exports, link }) =>
      link(exports.add.bind(null), Math.max),
  },
});

describeFacts('`promising`', {
  oracle,
  setUp: async ({ load, imports, wasm }) => {
    const { exports } = await load('border', imports());
    const promise = wasm.promising(exports.add)(1) as unknown as Promise<number>;
    return { exports, promise };
  },
  facts: {
    'gives a promise of this realm': ({ promise }) => promise instanceof Promise,
    'calls an export': async ({ promise }) => (await promise) === 2,
    'calls what only a table holds': async ({ exports, is, wasm }) =>
      is(await (wasm.promising(exports.table.get(1))(5) as unknown), 10),
    'refuses the page’s own function with a TypeError': async ({ attempt, wasm }) =>
      (await attempt(() => wasm.promising(() => 1))).startsWith('thrown TypeError'),
    'refuses a number with a TypeError': async ({ attempt, wasm }) =>
      (await attempt(() => wasm.promising(1))).startsWith('thrown TypeError'),
    'refuses a bound export with a TypeError': async ({ attempt, exports, wasm }) =>
      (await attempt(() => wasm.promising(exports.add.bind(null)))).startsWith('thrown TypeError'),
  },
  same: {
    'refuses the page’s own function': ({ attempt, wasm }) =>
      attempt(() => wasm.promising(() => 1)),
    'refuses a number': ({ attempt, wasm }) => attempt(() => wasm.promising(1)),
    'refuses a bound export': ({ attempt, exports, wasm }) =>
      attempt(() => wasm.promising(exports.add.bind(null))),
    'gives functions of the engine’s length': ({ exports, wasm }) =>
      wasm.promising(exports.add).length as unknown,
  },
});

describeFacts('JS-string builtins and imported string constants', {
  oracle,
  setUp: async ({ bytes, wasm }) => {
    const code = await bytes('strings');
    const options = () => ({ builtins: ['js-string'], importedStringConstants: 'words' });
    const given = { env: { see: (text: string) => text.length * 100 } };
    const use = ({ exports }: { exports: typeof wasm }): string =>
      [
        (exports as unknown as { length(): number }).length(),
        exports.join('five-'),
        exports.see('three'),
      ].join();
    return { code, options, given, use, used: '4,five-four,500' };
  },
  facts: {
    'pass through instantiate(bytes)': async ({ code, given, options, use, used, wasm }) =>
      use((await wasm.instantiate(code, given, options())).instance) === used,
    'pass through new Instance': ({ code, given, options, use, used, wasm }) =>
      use(new wasm.Instance(new wasm.Module(code, options()), given)) === used,
    'pass through instantiate(module)': async ({ code, given, options, use, used, wasm }) =>
      use(await wasm.instantiate(await wasm.compile(code, options()), given)) === used,
    'pass through instantiateStreaming': async ({ given, options, use, used, wasm }) => {
      const source = fetch('/strings.wasm');
      return use((await wasm.instantiateStreaming(source, given, options())).instance) === used;
    },
    'pass through compileStreaming': async ({ given, options, use, used, wasm }) => {
      const module = await wasm.compileStreaming(fetch('/strings.wasm'), options());
      return use(await wasm.instantiate(module, given)) === used;
    },
  },
  same: {
    'are valid': ({ code, options, wasm }) => wasm.validate(code, options()) as unknown,
    'are imports no more': ({ code, options, wasm }) =>
      wasm.Module.imports(new wasm.Module(code, options())).length,
    'are imports where the options are missing': ({ code, wasm }) =>
      wasm.Module.imports(new wasm.Module(code)).length,
    'do not link where the options are missing': ({ attempt, code, given, wasm }) =>
      attempt(() => wasm.instantiate(code, given)),
    'are refused when given twice': ({ attempt, code, wasm }) =>
      attempt(() => new wasm.Module(code, { builtins: ['js-string', 'js-string'] })),
    'are refused when options are no object': ({ attempt, code, wasm }) =>
      attempt(() => wasm.compile(code, 1)),
    'refuse what is no text': ({ attempt, code, given, options, wasm }) =>
      attempt(() => new wasm.Instance(new wasm.Module(code, options()), given).exports.join(5)),
  },
});

describeFacts('a `Suspending` object', {
  oracle,
  setUp: () => ({}),
  facts: {
    'takes no number, but throws a TypeError': async ({ attempt, wasm }) =>
      (await attempt(() => new wasm.Suspending(1))).startsWith('thrown TypeError'),
  },
  same: {
    'takes no number': ({ attempt, wasm }) => attempt(() => new wasm.Suspending(1)),
    prints: ({ wasm }) => Object.prototype.toString.call(new wasm.Suspending(() => 1)),
  },
});

describeFacts('imports that are no functions', {
  oracle,
  setUp: async ({ load, wasm }) => {
    const tag = new wasm.Tag({ parameters: ['i32', 'f64', 'externref'] });
    const wait = new wasm.Suspending(async (n: number) => n * 2);
    const { exports } = await load('suspend', { env: { wait } });
    return { exports, tag, wait };
  },
  facts: {
    'a tag is exported as itself': async ({ load, tag }) =>
      (await load('throws', { env: { call() {}, tag } })).exports.tag === tag,
    'a `Suspending` object suspends': async ({ exports, is, wasm }) =>
      is(await (wasm.promising(exports.go)(4) as unknown), 9),
    'a `Suspending` object does not suspend a plain call': async ({ attempt, exports }) =>
      (await attempt(() => exports.go(4))).includes('SuspendError'),
  },
  same: {
    'a plain call of what would suspend': ({ attempt, exports }) => attempt(() => exports.go(4)),
    'a tag of another type': ({ attempt, load, wasm }) =>
      attempt(() =>
        load('throws', { env: { call() {}, tag: new wasm.Tag({ parameters: ['i32'] }) } }),
      ),
    'an object in the place of a tag': ({ attempt, load }) =>
      attempt(() => load('throws', { env: { call() {}, tag: {} } })),
    'a `Suspending` object in the place of a function': ({ attempt, load, tag, wait }) =>
      attempt(() => load('throws', { env: { call: wait, tag } })),
    'a global of another type': ({ attempt, load, wasm }) =>
      attempt(() =>
        load('start', { env: { begin() {}, value: new wasm.Global({ value: 'i64' }, 1n) } }),
      ),
    'a table of another type': ({ attempt, load, wasm }) => {
      const t = new wasm.Table({ element: 'externref', initial: 1 });
      return attempt(() =>
        load('again', { m: { f: () => 1, t, m: new wasm.Memory({ initial: 1 }) } }),
      );
    },
    'a table that is too small': ({ attempt, load, wasm }) => {
      const t = new wasm.Table({ element: 'anyfunc', initial: 0 });
      return attempt(() =>
        load('again', { m: { f: () => 1, t, m: new wasm.Memory({ initial: 1 }) } }),
      );
    },
  },
});
