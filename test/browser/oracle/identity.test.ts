import { afterAll, beforeAll, expect, test } from 'vitest';
import type { OracleHarness } from './openOracle.ts';
import { openOracle } from './openOracle.ts';

let oracle: OracleHarness;

beforeAll(async () => {
  oracle = await openOracle();
});
afterAll(() => oracle?.close());

test('an exported function is one object in exports, tables, globals and what calls return', async () => {
  const seen = await oracle.same(async ({ load, imports }) => {
    const { exports, instance } = await load('border', imports());
    const { add, table, ref, at, give } = exports;
    return [
      Object.is(exports, instance.exports),
      add === exports.z,
      table.get(0) === add,
      table.get(3) === add,
      ref.value === add,
      ref.valueOf() === add,
      at(0) === add,
      give() === add,
      table.get(1) === at(1),
      table.get(2) === exports.one,
      at(2) === exports.one,
    ];
  });
  expect(seen).toEqual(Array(11).fill(true));
});

test('an exported function that the page puts somewhere comes back from everywhere', async () => {
  const seen = await oracle.same(async ({ load, imports, wasm }) => {
    const { exports } = await load('border', imports());
    const { exports: other } = await load('border', imports());
    const { add, table, at, put } = exports;
    const hidden = table.get(1);
    const own = new wasm.Table({ element: 'anyfunc', initial: 2 }, add);
    const constant = new wasm.Global({ value: 'anyfunc' }, hidden);
    const changing = new wasm.Global({ value: 'anyfunc', mutable: true });
    (changing as { value: unknown }).value = other.add;
    table.set(4, other.callOne);
    put(5, hidden);
    return [
      own.get(1) === add,
      own.grow(2, hidden) === (2 as unknown),
      own.get(3) === hidden,
      constant.value === hidden,
      constant.valueOf() === hidden,
      changing.value === other.add,
      table.get(4) === other.callOne,
      at(4) === other.callOne,
      table.get(5) === hidden,
      at(5) === hidden,
      other.add !== add,
      own.set(0) === undefined,
      own.get(0) === null,
      `${other.callOne(1)} ${table.get(4)(1)} ${own.get(3)(4)} ${changing.value(1)}`,
    ];
  });
  expect(seen).toEqual([...Array(13).fill(true), '11 11 8 2']);
});

test('an import that is an exported function links and comes back as itself', async () => {
  const seen = await oracle.same(async ({ bytes, load, imports, wasm }) => {
    const { exports } = await load('border', imports());
    const table = new wasm.Table({ element: 'anyfunc', initial: 1 });
    const memory = new wasm.Memory({ initial: 1 });
    const module = await WebAssembly.compile(await bytes('again'));
    const again = async (f: unknown) =>
      (await wasm.instantiate(module, { m: { f, t: table, m: memory } })).exports;
    const plain = (n: number) => n + 5;
    const [first, second, third, fourth] = [
      await again(exports.add),
      await again(exports.table.get(1)),
      await again(plain),
      await again(plain),
    ] as const;
    const chain = await again(third.f);
    return [
      first.f === exports.add,
      second.f === exports.table.get(1),
      third.f !== (plain as unknown),
      third.f !== fourth.f,
      chain.f === third.f,
      Object.is(third.f, third.f),
      first.t === table,
      first.m === memory,
      first.m.buffer === memory.buffer,
      third.f.name,
      `${third.f}`,
      third.f(1),
      second.f(4),
    ];
  });
  expect(seen.slice(0, 9)).toEqual(Array(9).fill(true));
  expect(seen.slice(9)).toEqual(['0', 'function 0() { [native code] }', 6, 8]);
});

test('memories, tables and globals are one object wherever they are met', async () => {
  const seen = await oracle.same(async ({ load, wasm }) => {
    const value = new wasm.Global({ value: 'i32' }, 7);
    const { exports } = await load('start', { env: { begin() {}, value } });
    const { memory, table } = exports;
    const old = memory.buffer;
    const same = [
      exports.value === value,
      memory === exports.memory,
      table === exports.table,
      memory.buffer === old,
      table.get(1) === exports.begin,
    ];
    return [
      ...same,
      memory.grow(0),
      memory.buffer !== old,
      old.byteLength,
      memory.grow(1),
      memory.buffer.byteLength,
      Object.is(memory.buffer, memory.buffer),
    ];
  });
  expect(seen).toEqual([true, true, true, true, true, 1, true, 0, 1, 131072, true]);
});

test('a function that wasm holds as an externref is the page’s own affair, exported or not', async () => {
  const seen = await oracle.same(async ({ load, imports, wasm }) => {
    const { exports: border } = await load('border', imports());
    const { add, table } = border;
    const externs = new wasm.Table({ element: 'externref', initial: 6 });
    const held = new wasm.Global({ value: 'externref', mutable: true }, 7);
    let got: unknown;
    const { exports } = await load('extern', {
      env: {
        see: (value: unknown) => {
          got = value;
        },
        held,
        externs,
      },
    });
    const { echo, show, at, put, next } = exports;
    const plain = () => 1;
    const show2 = (value: unknown) => {
      show(value);
      return got;
    };
    externs.set(0, add);
    externs.set(1, plain);
    externs.set(2, table.get(1));
    put(3, next);
    const filled = new wasm.Table({ element: 'externref', initial: 2 }, add);
    const grown = externs.grow(1, add);
    const values = [
      echo(add) === add,
      echo(plain) === (plain as unknown),
      show2(add) === add,
      show2(next) === next,
      at(0) === add,
      at(1) === (plain as unknown),
      at(2) === table.get(1),
      externs.get(0) === add,
      externs.get(3) === next,
      at(3) === next,
      filled.get(1) === add,
      externs.get(grown as never) === add,
      at(grown) === add,
      held.value === (7 as unknown),
      exports.held() === (7 as unknown),
    ];
    return [...values, externs.get(4) === undefined, `${at(0)(1)} ${at(2)(3)} ${at(3)(1)}`];
  });
  expect(seen).toEqual([...Array(16).fill(true), '2 6 2']);
});

test('a function of a frame’s instance is one object in this realm’s tables and imports', async () => {
  const seen = await oracle.same(async ({ bytes, load, imports, wasm }) => {
    const frame = document.createElement('iframe');
    document.body.append(frame);
    const theirs = (frame.contentWindow as unknown as { WebAssembly: typeof wasm }).WebAssembly;
    const module = new theirs.Module(await bytes('border'));
    const { exports } = new theirs.Instance(module, imports());
    const { exports: mixed } = new wasm.Instance(module, imports());
    const table = new wasm.Table({ element: 'anyfunc', initial: 2 }, exports.add);
    const { exports: ours } = await load('border', {
      ...imports(),
      a: { ...imports().a, one: exports.add },
    });
    exports.table.set(4, ours.add);
    return [
      table.get(0) === exports.add,
      ours.one === exports.add,
      exports.table.get(4) === ours.add,
      exports.at(4) === ours.add,
      theirs.Table.prototype.get.call(table, 1) === exports.add,
      exports.z === exports.add,
      mixed.z === mixed.add,
      mixed.table.get(0) === mixed.add,
      module instanceof theirs.Module,
      !(module instanceof wasm.Module),
      `${exports.callOne(1)} ${mixed.callOne(1)} ${ours.callOne(1)} ${table.get(0)(1)}`,
    ];
  });
  expect(seen).toEqual([...Array(10).fill(true), '11 11 2 2']);
});
