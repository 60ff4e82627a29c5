import { afterAll, beforeAll } from 'vitest';
import { describeFacts } from './describeFacts.ts';
import type { OracleHarness } from './openOracle.ts';
import { openOracle } from './openOracle.ts';

let opened: OracleHarness;
const oracle = (): OracleHarness => opened;

beforeAll(async () => {
  opened = await openOracle();
});
afterAll(() => opened?.close());

describeFacts('an exported function', {
  oracle,
  setUp: async ({ load, imports }) => {
    const { exports, instance } = await load('border', imports());
    return { exports, instance };
  },
  facts: {
    'is in the exports object that its instance has': ({ exports, instance }) =>
      Object.is(exports, instance.exports),
    'is one object under two names': ({ exports }) => exports.add === exports.z,
    'is one object in a table': ({ exports }) => exports.table.get(0) === exports.add,
    'is one object in two places of a table': ({ exports }) => exports.table.get(3) === exports.add,
    'is one object as a global’s value': ({ exports }) => exports.ref.value === exports.add,
    'is one object as what a global’s valueOf returns': ({ exports }) =>
      exports.ref.valueOf() === exports.add,
    'is one object when wasm takes it out of a table': ({ exports }) =>
      exports.at(0) === exports.add,
    'is one object when a call returns it': ({ exports }) => exports.give() === exports.add,
    'that only a table holds is one object for script and wasm': ({ exports }) =>
      exports.table.get(1) === exports.at(1),
    'that was imported is one object in a table': ({ exports }) =>
      exports.table.get(2) === exports.one,
    'that was imported is one object when wasm takes it out of a table': ({ exports }) =>
      exports.at(2) === exports.one,
  },
});

describeFacts('an exported function that the page puts somewhere', {
  oracle,
  setUp: async ({ load, imports, wasm }) => {
    const { exports } = await load('border', imports());
    const { exports: other } = await load('border', imports());
    const { add, table, put } = exports;
    const hidden = table.get(1);
    const own = new wasm.Table({ element: 'anyfunc', initial: 2 }, add);
    const constant = new wasm.Global({ value: 'anyfunc' }, hidden);
    const changing = new wasm.Global({ value: 'anyfunc', mutable: true });
    (changing as { value: unknown }).value = other.add;
    table.set(4, other.callOne);
    put(5, hidden);
    return { exports, other, hidden, own, constant, changing };
  },
  facts: {
    'fills a new table': ({ own, exports }) => own.get(1) === exports.add,
    'fills a table that grows from its old size on': ({ own, hidden, is }) =>
      is(own.grow(2, hidden), 2),
    'comes back from where the table grew': ({ own, hidden }) => own.get(3) === hidden,
    'comes back from a constant global': ({ constant, hidden }) => constant.value === hidden,
    'comes back from a constant global’s valueOf': ({ constant, hidden }) =>
      constant.valueOf() === hidden,
    'comes back from a mutable global': ({ changing, other }) => changing.value === other.add,
    'comes back from another instance’s table': ({ exports, other }) =>
      exports.table.get(4) === other.callOne,
    'comes back from another instance’s table through wasm': ({ exports, other }) =>
      exports.at(4) === other.callOne,
    'that wasm put into a table comes back': ({ exports, hidden }) =>
      exports.table.get(5) === hidden,
    'that wasm put into a table comes back through wasm': ({ exports, hidden }) =>
      exports.at(5) === hidden,
    'is another one for each instance': ({ exports, other }) => other.add !== exports.add,
    'can be taken out of a table again': ({ own }) => own.set(0) === undefined,
    'leaves null in the table': ({ own }) => own.get(0) === null,
    'is still that of its own instance': ({ other, is }) => is(other.callOne(1), 11),
    'works out of another instance’s table': ({ exports, is }) => is(exports.table.get(4)(1), 11),
    'works out of a table that grew': ({ own, is }) => is(own.get(3)(4), 8),
    'works out of a global': ({ changing, is }) => is(changing.value(1), 2),
  },
});

describeFacts('an exported function that is imported', {
  oracle,
  setUp: async ({ bytes, load, imports, wasm }) => {
    const { exports } = await load('border', imports());
    const table = new wasm.Table({ element: 'anyfunc', initial: 1 });
    const memory = new wasm.Memory({ initial: 1 });
    const module = await WebAssembly.compile(await bytes('again'));
    const again = async (f: unknown) =>
      (await wasm.instantiate(module, { m: { f, t: table, m: memory } })).exports;
    const plain = (n: number): number => n + 5;
    const ofExport = await again(exports.add);
    const ofHidden = await again(exports.table.get(1));
    const ofPlain = await again(plain);
    const ofPlainAgain = await again(plain);
    const chain = await again(ofPlain.f);
    return {
      exports,
      table,
      memory,
      plain,
      ofExport,
      ofHidden,
      ofPlain,
      ofPlainAgain,
      chain,
    };
  },
  facts: {
    'is exported as itself': ({ ofExport, exports }) => ofExport.f === exports.add,
    'that only a table holds is exported as itself': ({ ofHidden, exports }) =>
      ofHidden.f === exports.table.get(1),
    'is exported as itself by a chain of modules': ({ chain, ofPlain }) => chain.f === ofPlain.f,
    'works when only a table held it': ({ ofHidden, is }) => is(ofHidden.f(4), 8),
    'as a function of the page is exported as another': ({ ofPlain, plain, is }) =>
      !is(ofPlain.f, plain),
    'as a function of the page is exported as another by each instance': ({
      ofPlain,
      ofPlainAgain,
    }) => ofPlain.f !== ofPlainAgain.f,
    'as a function of the page is one object each time it is read': ({ ofPlain }) =>
      Object.is(ofPlain.f, ofPlain.f),
    'as a function of the page has its index as name': ({ ofPlain, is }) => is(ofPlain.f.name, '0'),
    'as a function of the page prints as native': ({ ofPlain }) =>
      `${ofPlain.f}` === 'function 0() { [native code] }',
    'as a function of the page works': ({ ofPlain, is }) => is(ofPlain.f(1), 6),
    'comes with the table that was imported': ({ ofExport, table }) => ofExport.t === table,
    'comes with the memory that was imported': ({ ofExport, memory }) => ofExport.m === memory,
    'comes with the buffer of the memory that was imported': ({ ofExport, memory }) =>
      ofExport.m.buffer === memory.buffer,
  },
});

describeFacts('memories, tables and globals', {
  oracle,
  setUp: async ({ load, wasm }) => {
    const value = new wasm.Global({ value: 'i32' }, 7);
    const { exports } = await load('start', { env: { begin() {}, value } });
    return { exports, value, memory: exports.memory, old: exports.memory.buffer };
  },
  facts: {
    'that were imported are exported as themselves': ({ exports, value }) =>
      exports.value === value,
    'are one memory each time it is read': ({ exports, memory }) => exports.memory === memory,
    'are one table each time it is read': ({ exports, is }) => is(exports.table, exports.table),
    'have one buffer until the memory grows': ({ memory, old }) => memory.buffer === old,
    'hold exported functions as themselves': ({ exports }) =>
      exports.table.get(1) === exports.begin,
    'say how large the memory was before it grew by nothing': ({ memory, is }) =>
      is(memory.grow(0), 1),
    'have another buffer even after growing by nothing': ({ memory, old }) => memory.buffer !== old,
    'leave the old buffer detached': ({ old, is }) => is(old.byteLength, 0),
    'say how large the memory was before it grew by a page': ({ memory, is }) =>
      is(memory.grow(1), 1),
    'have a buffer as large as the memory': ({ memory, is }) =>
      is(memory.buffer.byteLength, 131072),
    'have one buffer after growing, too': ({ memory }) => Object.is(memory.buffer, memory.buffer),
  },
});

describeFacts('a function that wasm holds as an externref', {
  oracle,
  setUp: async ({ load, imports, wasm }) => {
    const { exports: border } = await load('border', imports());
    const externs = new wasm.Table({ element: 'externref', initial: 6 });
    const held = new wasm.Global({ value: 'externref', mutable: true }, 7);
    let shown: unknown;
    const see = (value: unknown): void => {
      shown = value;
    };
    const { exports } = await load('extern', { env: { see, held, externs } });
    const plain = () => 1;
    const showAndSee = (value: unknown): unknown => {
      exports.show(value);
      return shown;
    };
    externs.set(0, border.add);
    externs.set(1, plain);
    externs.set(2, border.table.get(1));
    exports.put(3, exports.next);
    const filled = new wasm.Table({ element: 'externref', initial: 2 }, border.add);
    const grown = externs.grow(1, border.add);
    return { border, exports, externs, filled, grown, held, plain, showAndSee };
  },
  facts: {
    'passes through a call, exported': ({ exports, border }) =>
      exports.echo(border.add) === border.add,
    'passes through a call, the page’s own': ({ exports, plain, is }) =>
      is(exports.echo(plain), plain),
    'passes to an import, of another instance': ({ showAndSee, border }) =>
      showAndSee(border.add) === border.add,
    'passes to an import, of the same instance': ({ showAndSee, exports }) =>
      showAndSee(exports.next) === exports.next,
    'comes out of a table through wasm, exported': ({ exports, border }) =>
      exports.at(0) === border.add,
    'comes out of a table through wasm, the page’s own': ({ exports, plain, is }) =>
      is(exports.at(1), plain),
    'comes out of a table through wasm, out of another table': ({ exports, border }) =>
      exports.at(2) === border.table.get(1),
    'comes out of a table to script': ({ externs, border }) => externs.get(0) === border.add,
    'comes out of a table to script, put there by wasm': ({ externs, exports }) =>
      externs.get(3) === exports.next,
    'comes out of a table through wasm, put there by wasm': ({ exports }) =>
      exports.at(3) === exports.next,
    'fills a new table': ({ filled, border }) => filled.get(1) === border.add,
    'fills a table that grows': ({ externs, grown, border }) =>
      externs.get(grown as never) === border.add,
    'fills a table that grows, through wasm': ({ exports, grown, border }) =>
      exports.at(grown) === border.add,
    'leaves other values of globals alone': ({ held, is }) => is(held.value, 7),
    'leaves other values of globals alone, through wasm': ({ exports, is }) =>
      is(exports.held(), 7),
    'leaves empty places of a table undefined': ({ externs }) => externs.get(4) === undefined,
    'works out of a table': ({ exports, is }) => is(exports.at(0)(1), 2),
    'works out of a table, from another table': ({ exports, is }) => is(exports.at(2)(3), 6),
    'works out of a table, put there by wasm': ({ exports, is }) => is(exports.at(3)(1), 2),
  },
});

describeFacts('a function of a frame’s instance', {
  oracle,
  setUp: async ({ bytes, load, imports, wasm }) => {
    const frame = document.createElement('iframe');
    document.body.append(frame);
    const theirs = (frame.contentWindow as unknown as { WebAssembly: typeof wasm }).WebAssembly;
    const module = new theirs.Module(await bytes('border'));
    const { exports } = new theirs.Instance(module, imports());
    const { exports: mixed } = new wasm.Instance(module, imports());
    const table = new wasm.Table({ element: 'anyfunc', initial: 2 }, exports.add);
    const given = imports();
    const { exports: ours } = await load('border', {
      ...given,
      a: { ...given.a, one: exports.add },
    });
    exports.table.set(4, ours.add);
    return { theirs, module, exports, mixed, table, ours };
  },
  facts: {
    'is one object in this realm’s tables': ({ table, exports }) => table.get(0) === exports.add,
    'is one object as this realm’s import': ({ ours, exports }) => ours.one === exports.add,
    'may share its table with a function of this realm': ({ exports, ours }) =>
      exports.table.get(4) === ours.add,
    'may share its table with a function of this realm, through wasm': ({ exports, ours }) =>
      exports.at(4) === ours.add,
    'is found by the frame’s methods in this realm’s tables': ({ theirs, table, exports }) =>
      theirs.Table.prototype.get.call(table as never, 1 as never) === exports.add,
    'is one object under two names': ({ exports }) => exports.z === exports.add,
    'of a module of the frame, instantiated here, is one object under two names': ({ mixed }) =>
      mixed.z === mixed.add,
    'of a module of the frame, instantiated here, is one object in its table': ({ mixed }) =>
      mixed.table.get(0) === mixed.add,
    'is of a module of the frame': ({ theirs, module }) => module instanceof theirs.Module,
    'is of no module of this realm': ({ wasm, module }) => !(module instanceof wasm.Module),
    'is called with an import of this realm': ({ exports, is }) => is(exports.callOne(1), 11),
    'of a module of the frame, instantiated here, is called with an import of this realm': ({
      mixed,
      is,
    }) => is(mixed.callOne(1), 11),
    'is called as an import of this realm': ({ ours, is }) => is(ours.callOne(1), 2),
    'works out of this realm’s table': ({ table, is }) => is(table.get(0)(1), 2),
  },
});
