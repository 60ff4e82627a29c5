import { afterAll, beforeAll, expect, test } from 'vitest';
import type { OracleHarness } from './openOracle.ts';
import { openOracle } from './openOracle.ts';

let oracle: OracleHarness;

beforeAll(async () => {
  oracle = await openOracle();
});
afterAll(() => oracle?.close());

test('exported functions of any instance go into tables and globals, and nothing else does', async () => {
  const seen = await oracle.same(async ({ attempt, load, imports, wasm }) => {
    const { exports } = await load('border', imports());
    const again = await load('again', {
      m: { f: (n: number) => n, t: exports.table, m: new wasm.Memory({ initial: 1 }) },
    });
    const lines: string[] = [];
    for (const value of [
      exports.add,
      exports.one,
      exports.table.get(1),
      again.exports.f,
      null,
      undefined,
      () => 1,
      exports.add.bind(null),
      new Proxy(exports.add as never, {}),
      1,
      {},
      Math.max,
    ]) {
      lines.push(
        await attempt(() => new wasm.Table({ element: 'anyfunc', initial: 1 }).set(0, value)),
        await attempt(() => new wasm.Table({ element: 'anyfunc', initial: 1 }).grow(1, value)),
        await attempt(() => new wasm.Table({ element: 'anyfunc', initial: 1 }, value).get(0)),
        await attempt(() => new wasm.Global({ value: 'anyfunc' }, value).value),
        await attempt(() => {
          (new wasm.Global({ value: 'anyfunc', mutable: true }) as { value: unknown }).value =
            value;
        }),
        await attempt(() => exports.put(0, value)),
      );
    }
    return lines;
  });
  expect(seen.filter((line) => line.startsWith('thrown TypeError')).length).toBeGreaterThan(30);
});

test('another instance’s imports take exported functions of the right type, and no others', async () => {
  const seen = await oracle.same(async ({ attempt, load, imports }) => {
    const { exports } = await load('border', imports());
    const given = imports();
    const link = (one: unknown, two: unknown) =>
      attempt(async () =>
        (await load('border', { a: { ...given.a, one }, b: { two } })).exports.callOne(20),
      );
    return [
      await link(exports.add, exports.callTwo),
      await link(exports.table.get(1), () => {}),
      await link(exports.callTwo, exports.callTwo),
      await link(exports.add, exports.add),
      await link(exports.one, given.b.two),
      await link(exports.at, given.b.two),
      await link(exports.add.bind(null), Math.max),
    ];
  });
  expect(seen.slice(0, 2)).toEqual(['returned 21', 'returned 40']);
  expect(seen.filter((line) => line.startsWith('thrown LinkError'))).toHaveLength(3);
});

test('`promising` takes exported functions, out of exports and tables, and refuses others in its words', async () => {
  const seen = await oracle.same(async ({ attempt, load, imports, wasm }) => {
    const { exports } = await load('border', imports());
    const promise = wasm.promising(exports.add)(1) as unknown as Promise<number>;
    return [
      promise instanceof Promise,
      await promise,
      await (wasm.promising(exports.table.get(1))(5) as unknown),
      await attempt(() => wasm.promising(() => 1)),
      await attempt(() => wasm.promising(1)),
      await attempt(() => wasm.promising(exports.add.bind(null))),
      await attempt(() => new wasm.Suspending(1)),
      wasm.promising(exports.add).length,
      Object.prototype.toString.call(new wasm.Suspending(() => 1)),
    ];
  });
  expect(seen.slice(0, 3)).toEqual([true, 2, 10]);
  expect(seen.slice(3, 7).every((line) => String(line).startsWith('thrown TypeError'))).toBe(true);
});

test('JS-string builtins and imported string constants pass through, by every way to an instance', async () => {
  const seen = await oracle.same(async ({ attempt, bytes, wasm }) => {
    const code = await bytes('strings');
    const options = () => ({ builtins: ['js-string'], importedStringConstants: 'words' });
    const given = { env: { see: (text: string) => text.length * 100 } };
    const use = ({ exports }: { exports: typeof wasm }) => [
      (exports as unknown as { length(): number }).length(),
      exports.join('five-'),
      exports.see('three'),
    ];
    return [
      use((await wasm.instantiate(code, given, options())).instance),
      use(new wasm.Instance(new wasm.Module(code, options()), given)),
      use(await wasm.instantiate(await wasm.compile(code, options()), given)),
      use((await wasm.instantiateStreaming(fetch('/strings.wasm'), given, options())).instance),
      use(
        await wasm.instantiate(
          await wasm.compileStreaming(fetch('/strings.wasm'), options()),
          given,
        ),
      ),
      wasm.validate(code, options()),
      wasm.Module.imports(new wasm.Module(code, options())).length,
      wasm.Module.imports(new wasm.Module(code)).length,
      await attempt(() => wasm.instantiate(code, given)),
      await attempt(() => new wasm.Module(code, { builtins: ['js-string', 'js-string'] })),
      await attempt(() => wasm.compile(code, 1)),
      await attempt(() =>
        new wasm.Instance(new wasm.Module(code, options()), given).exports.join(5),
      ),
    ];
  });
  expect(seen.slice(0, 5)).toEqual(Array(5).fill([4, 'five-four', 500]));
});

test('`Suspending` objects, memories, tables, globals and tags are taken for what they are', async () => {
  const seen = await oracle.same(async ({ attempt, load, wasm }) => {
    const tag = new wasm.Tag({ parameters: ['i32', 'f64', 'externref'] });
    const wait = new wasm.Suspending(async (n: number) => n * 2);
    const { exports } = await load('suspend', { env: { wait } });
    return [
      (await load('throws', { env: { call() {}, tag } })).exports.tag === tag,
      await (wasm.promising(exports.go)(4) as unknown),
      await attempt(() => exports.go(4)),
      await attempt(() =>
        load('throws', { env: { call() {}, tag: new wasm.Tag({ parameters: ['i32'] }) } }),
      ),
      await attempt(() => load('throws', { env: { call() {}, tag: {} } })),
      await attempt(() => load('throws', { env: { call: wait, tag } })),
      await attempt(() =>
        load('start', { env: { begin() {}, value: new wasm.Global({ value: 'i64' }, 1n) } }),
      ),
      await attempt(() =>
        load('again', {
          m: {
            f: () => 1,
            t: new wasm.Table({ element: 'externref', initial: 1 }),
            m: new wasm.Memory({ initial: 1 }),
          },
        }),
      ),
      await attempt(() =>
        load('again', {
          m: {
            f: () => 1,
            t: new wasm.Table({ element: 'anyfunc', initial: 0 }),
            m: new wasm.Memory({ initial: 1 }),
          },
        }),
      ),
    ];
  });
  expect(seen.slice(0, 2)).toEqual([true, 9]);
  expect(seen[2]).toContain('SuspendError');
});
