import { ByteWriter, MODULE_HEADER } from '../../../src/wasm/byteWriter.ts';

// Modules of the oracle's pages, written by hand so that every instruction is known.

const [I32, F64, FUNCREF, EXTERNREF] = [0x7f, 0x7c, 0x70, 0x6f];
const [FUNCTION, TABLE, MEMORY, GLOBAL, TAG] = [0, 1, 2, 3, 4];

interface Parts {
  /** A type of several bytes is a list of them. */
  types: readonly (readonly [
    params: readonly number[],
    results: readonly (number | readonly number[])[],
  ])[];
  /** `rest` is the type as the import section has it. */
  imports?: readonly (readonly [
    module: string,
    name: string,
    kind: number,
    rest: readonly number[],
  ])[];
  functions?: readonly (readonly [type: number, code: readonly number[]])[];
  tables?: readonly (readonly number[])[];
  memories?: readonly (readonly number[])[];
  tags?: readonly number[];
  globals?: readonly (readonly number[])[];
  exports?: readonly (readonly [name: string, kind: number, index: number])[];
  start?: number;
  /** Function indices from 0 of table 0. */
  elements?: readonly number[];
}

function moduleOf({
  types,
  imports = [],
  functions = [],
  tables = [],
  memories = [],
  tags = [],
  globals = [],
  exports = [],
  start,
  elements = [],
}: Parts): Uint8Array<ArrayBuffer> {
  const writer = new ByteWriter(512).bytes(MODULE_HEADER);
  const section = <Item>(
    id: number,
    items: readonly Item[],
    write: (into: ByteWriter, item: Item) => void,
  ): void => {
    if (items.length === 0) return;
    writer.section(id, (into) => {
      into.u32(items.length);
      for (const item of items) write(into, item);
    });
  };
  section(1, types, (into, [params, results]) =>
    into.byte(0x60).u32(params.length).bytes(params).u32(results.length).bytes(results.flat()),
  );
  section(2, imports, (into, [module, name, kind, rest]) =>
    into.name(module).name(name).byte(kind).bytes(rest),
  );
  section(3, functions, (into, [type]) => into.u32(type));
  section(4, tables, (into, table) => into.bytes(table));
  section(5, memories, (into, memory) => into.bytes(memory));
  section(13, tags, (into, type) => into.byte(0).u32(type));
  section(6, globals, (into, global) => into.bytes(global));
  section(7, exports, (into, [name, kind, index]) => into.name(name).byte(kind).u32(index));
  if (start !== undefined) writer.section(8, (into) => into.u32(start));
  if (elements.length > 0) {
    writer.section(9, (into) =>
      elements.reduce(
        (all, index) => all.u32(index),
        into.u32(1).u32(0).bytes([0x41, 0, 0x0b]).u32(elements.length),
      ),
    );
  }
  section(10, functions, (into, [, code]) =>
    into
      .u32(code.length + 2)
      .byte(0)
      .bytes(code)
      .byte(0x0b),
  );
  return writer.view().slice();
}

/**
 * Calls `env.begin` as it starts; `go` calls it again; exports memory, table, global and what it
 * imports.
 */
const START = moduleOf({
  types: [
    [[], []],
    [[I32], [I32]],
  ],
  imports: [
    ['env', 'begin', FUNCTION, [0]],
    ['env', 'value', GLOBAL, [I32, 0]],
  ],
  functions: [
    [0, [0x10, 0]],
    [1, [0x20, 0, 0x41, 1, 0x6a]],
  ],
  tables: [[FUNCREF, 1, 2, 2]],
  memories: [[1, 1, 3]],
  exports: [
    ['go', FUNCTION, 1],
    ['next', FUNCTION, 2],
    ['begin', FUNCTION, 0],
    ['memory', MEMORY, 0],
    ['table', TABLE, 0],
    ['value', GLOBAL, 0],
  ],
  start: 1,
  elements: [2, 0],
});

/**
 * References that wasm takes as they are: an externref table and global, `echo`, `show` (through
 * `env.see`), `at`, `put`, `call`.
 */
const EXTERN = moduleOf({
  types: [
    [[EXTERNREF], [EXTERNREF]],
    [[EXTERNREF], []],
    [[I32], [EXTERNREF]],
    [[I32, EXTERNREF], []],
    [[I32], [I32]],
    [[], [EXTERNREF]],
  ],
  imports: [
    ['env', 'see', FUNCTION, [1]],
    ['env', 'held', GLOBAL, [EXTERNREF, 1]],
    ['env', 'externs', TABLE, [EXTERNREF, 0, 4]],
  ],
  functions: [
    [0, [0x20, 0]],
    [1, [0x20, 0, 0x10, 0]],
    [2, [0x20, 0, 0x25, 0]],
    [3, [0x20, 0, 0x20, 1, 0x26, 0]],
    [4, [0x20, 0, 0x41, 1, 0x6a]],
    [5, [0x23, 0]],
  ],
  exports: [
    ['echo', FUNCTION, 1],
    ['show', FUNCTION, 2],
    ['at', FUNCTION, 3],
    ['put', FUNCTION, 4],
    ['next', FUNCTION, 5],
    ['held', FUNCTION, 6],
  ],
});

/**
 * Throws by its tag (i32, f64, externref), traps in every way, recurses for ever in wasm or through
 * `env.call`, catches.
 */
const THROWS = moduleOf({
  types: [
    [[], []],
    [[I32, F64, EXTERNREF], []],
    [[], [I32]],
    [[I32], [I32]],
  ],
  imports: [
    ['env', 'call', FUNCTION, [0]],
    ['env', 'tag', TAG, [0, 1]],
  ],
  functions: [
    [1, [0x20, 0, 0x20, 1, 0x20, 2, 0x08, 0]], // 1 throw
    [0, [0x10, 0]], // 2 call
    [0, [0x00]], // 3 unreachable
    [2, [0x41, 1, 0x41, 0, 0x6d]], // 4 1 / 0
    [2, [0x41, 0x7f, 0x28, 2, 0]], // 5 load out of bounds
    [2, [0x41, 9, 0x11, 2, 0]], // 6 call beyond the table
    [0, [0x10, 7]], // 7 for ever
    // 8 calls, catches its own tag, drops the payload
    [2, [0x06, 0x40, 0x10, 0, 0x07, 0, 0x1a, 0x1a, 0x1a, 0x0b, 0x41, 7]],
    [3, [0x20, 0, 0x41, 2, 0x6c]], // 9 twice
  ],
  tables: [[FUNCREF, 0, 1]],
  memories: [[0, 1]],
  exports: [
    ['throws', FUNCTION, 1],
    ['enter', FUNCTION, 2],
    ['unreachable', FUNCTION, 3],
    ['divide', FUNCTION, 4],
    ['beyond', FUNCTION, 5],
    ['indirect', FUNCTION, 6],
    ['forever', FUNCTION, 7],
    ['catches', FUNCTION, 8],
    ['twice', FUNCTION, 9],
    ['tag', TAG, 0],
  ],
});

/** `go(n)` is `env.wait(n) + 1`; `twice(n)` calls it two times. */
const SUSPEND = moduleOf({
  types: [[[I32], [I32]]],
  imports: [['env', 'wait', FUNCTION, [0]]],
  functions: [
    [0, [0x20, 0, 0x10, 0, 0x41, 1, 0x6a]],
    [0, [0x20, 0, 0x10, 0, 0x10, 0]],
    [0, [0x20, 0, 0x41, 1, 0x6a]],
  ],
  exports: [
    ['go', FUNCTION, 1],
    ['twice', FUNCTION, 2],
    ['next', FUNCTION, 3],
  ],
});

/** Imports of `wasm:js-string` and a constant string. */
const STRINGS = moduleOf({
  types: [
    [[EXTERNREF], [I32]],
    [[EXTERNREF, EXTERNREF], [[0x64, EXTERNREF]]],
    [[], [I32]],
    [[EXTERNREF], [EXTERNREF]],
  ],
  imports: [
    ['wasm:js-string', 'length', FUNCTION, [0]],
    ['wasm:js-string', 'concat', FUNCTION, [1]],
    ['env', 'see', FUNCTION, [0]],
    ['words', 'four', GLOBAL, [0x64, EXTERNREF, 0]],
  ],
  functions: [
    [2, [0x23, 0, 0x10, 0]],
    [3, [0x20, 0, 0x23, 0, 0x10, 1]],
    [0, [0x20, 0, 0x10, 2]],
  ],
  exports: [
    ['length', FUNCTION, 3],
    ['join', FUNCTION, 4],
    ['see', FUNCTION, 5],
  ],
});

/** Nothing but exports of what it imports. */
const AGAIN = moduleOf({
  types: [[[I32], [I32]]],
  imports: [
    ['m', 'f', FUNCTION, [0]],
    ['m', 't', TABLE, [FUNCREF, 0, 1]],
    ['m', 'm', MEMORY, [0, 1]],
  ],
  exports: [
    ['f', FUNCTION, 0],
    ['t', TABLE, 0],
    ['m', MEMORY, 0],
  ],
});

export const MODULES: Readonly<Record<string, Uint8Array<ArrayBuffer>>> = {
  start: START,
  extern: EXTERN,
  throws: THROWS,
  suspend: SUSPEND,
  strings: STRINGS,
  again: AGAIN,
};
