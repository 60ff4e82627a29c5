import { decodeLatin1, decodeUtf8, NOT_ASCII } from './text.ts';
// The head of a module: everything that precedes its code, enough to determine every signature at
// its boundary. The kernel reads it (kernel/head.ts) and leaves tables behind the module's bytes;
// this file looks up entries in them on demand.

/** External kinds, core specification 5.5.5. */
export const FUNCTION = 0;
export const TABLE = 1;
export const MEMORY = 2;
export const GLOBAL = 3;
export const TAG = 4;
export type ExternalKind = 0 | 1 | 2 | 3 | 4;

export interface FunctionType {
  paramCount: number;
  resultCount: number;
  /** The types in sequence, as bytes of the binary format; `eachValueType` splits them. */
  params: Uint8Array;
  results: Uint8Array;
  /** Whether a function of this type can take or return a reference. */
  holdsReference: boolean;
}

/** Null: not a function type, or one that this reader only skips. */
export type TypeEntry = FunctionType | null;

export interface Import {
  module: string;
  name: string;
  kind: ExternalKind;
  /** Type index for functions, otherwise -1. */
  type: number;
  /** The bytes of its type. */
  raw: Uint8Array;
}

export interface Export {
  name: string;
  kind: ExternalKind;
  index: number;
}

export interface Head {
  /**
   * What the kernel read, copied from its memory: everything another thread needs to recreate the
   * head.
   */
  readonly block: Uint8Array<ArrayBuffer>;
  readonly importCount: number;
  readonly exportCount: number;
  readonly typeCount: number;
  readonly importedFunctions: number;
  readonly importedMemories: number;
  /** Type index of every function, imported ones first. */
  readonly functions: Int32Array;
  /** Whether any function's type contains a reference. */
  readonly holdsReferences: boolean;
  readonly imports: readonly Import[];
  readonly exports: readonly Export[];
  /** Payload of the type section without its count, or empty. */
  readonly typeBytes: Uint8Array;
  type(index: number): TypeEntry;
  /** The bytes of the type of a table, memory, global or tag, by its index. */
  raw(kind: ExternalKind, index: number): Uint8Array;
  /** How many there are of a kind, including imported ones. */
  count(kind: ExternalKind): number;
  /** How many exports are of a kind. */
  exportsOf(kind: ExternalKind): number;
  exportKind(at: number): ExternalKind;
  exportIndex(at: number): number;
}

// The kernel's addresses: kernel/memory.ts, kernel/head.ts.
const BLOCK = 1024;
const CELLS = {
  typeBytes: 1,
  typeEnd: 2,
  types: 4,
  typeCount: 5,
  imports: 6,
  importCount: 7,
  exports: 8,
  exportCount: 9,
  kinds: 10,
  imported: 20,
};
const TYPE_CELLS = 8;
const IMPORT_CELLS = 8;
const EXPORT_CELLS = 4;
const HOLDS_REFERENCE = 2;

// Bound before the page replaces them.
const Bytes = Uint8Array;
const Ints = Int32Array;

/** @param block as the kernel left it */
export function createHead(block: Uint8Array<ArrayBuffer>): Head {
  const ints = new Ints(block.buffer, 0, block.length >> 2);
  const cell = (at: number): number => ints[at] as number;
  /** The index of a table's first cell. */
  const cells = (at: number): number => (cell(at) - BLOCK) >> 2;
  // What a module does not have, such as types, has no address.
  const slice = (from: number, to: number): Uint8Array =>
    to > from ? new Bytes(block.buffer, from - BLOCK, to - from) : new Bytes(0);
  const types: TypeEntry[] = [];
  let imports: Import[] | null = null;
  let exports: Export[] | null = null;
  const importCount = cell(CELLS.importCount);
  const exportCount = cell(CELLS.exportCount);
  const typeCount = cell(CELLS.typeCount);
  const firstType = cells(CELLS.types);
  const firstExport = cells(CELLS.exports);
  const functionCount = cell(CELLS.kinds + 1);

  const type = (index: number): TypeEntry => {
    if (types[index] !== undefined) return types[index];
    const at = firstType + TYPE_CELLS * index;
    const flags = index < typeCount ? cell(at + 6) : 0;
    const entry =
      flags === 0
        ? null
        : {
            paramCount: cell(at),
            resultCount: cell(at + 3),
            params: slice(cell(at + 1), cell(at + 2)),
            results: slice(cell(at + 4), cell(at + 5)),
            holdsReference: (flags & HOLDS_REFERENCE) !== 0,
          };
    types[index] = entry;
    return entry;
  };
  let holdsReferences: boolean | null = null;
  const exportKind = (at: number): ExternalKind =>
    cell(firstExport + EXPORT_CELLS * at + 2) as ExternalKind;
  const exportIndex = (at: number): number => cell(firstExport + EXPORT_CELLS * at + 3);

  return {
    block,
    importCount,
    exportCount,
    typeCount,
    importedFunctions: cell(CELLS.imported),
    importedMemories: cell(CELLS.imported + MEMORY),
    functions: new Ints(
      block.buffer,
      functionCount > 0 ? cell(CELLS.kinds) - BLOCK : 0,
      functionCount,
    ),
    get holdsReferences() {
      if (holdsReferences === null) {
        let flags = 0;
        for (let index = 0; index < typeCount; index++)
          flags |= cell(firstType + TYPE_CELLS * index + 6);
        holdsReferences = (flags & HOLDS_REFERENCE) !== 0;
      }
      return holdsReferences;
    },
    get imports() {
      imports ??= readImports(importCount, cells(CELLS.imports), cell, slice);
      return imports;
    },
    get exports() {
      exports ??= readExports(exportCount, firstExport, cell, slice);
      return exports;
    },
    get typeBytes() {
      return slice(cell(CELLS.typeBytes), cell(CELLS.typeEnd));
    },
    type,
    raw(kind, index) {
      const at = cells(CELLS.kinds + 2 * kind) + 2 * index;
      return slice(cell(at), cell(at + 1));
    },
    count: (kind) => cell(CELLS.kinds + 2 * kind + 1),
    exportsOf(kind) {
      let count = 0;
      for (let at = 0; at < exportCount; at++) if (exportKind(at) === kind) count++;
      return count;
    },
    exportKind,
    exportIndex,
  };
}

type Cell = (at: number) => number;
type Slice = (from: number, to: number) => Uint8Array;

function readImports(count: number, first: number, cell: Cell, slice: Slice): Import[] {
  const imports: Import[] = [];
  if (count === 0) return imports;
  const nameAt = namesBetween(cell(first), cell(first + IMPORT_CELLS * count - 1), slice);
  for (let index = 0; index < count; index++) {
    const at = first + IMPORT_CELLS * index;
    imports[index] = {
      module: nameAt(cell(at), cell(at + 1)),
      name: nameAt(cell(at + 2), cell(at + 3)),
      kind: cell(at + 4) as ExternalKind,
      type: cell(at + 5),
      raw: slice(cell(at + 6), cell(at + 7)),
    };
  }
  return imports;
}

function readExports(count: number, first: number, cell: Cell, slice: Slice): Export[] {
  const exports: Export[] = [];
  if (count === 0) return exports;
  const last = first + EXPORT_CELLS * (count - 1);
  const nameAt = namesBetween(cell(first), cell(last) + cell(last + 1), slice);
  for (let index = 0; index < count; index++) {
    const at = first + EXPORT_CELLS * index;
    exports[index] = {
      name: nameAt(cell(at), cell(at + 1)),
      kind: cell(at + 2) as ExternalKind,
      index: cell(at + 3),
    };
  }
  return exports;
}

/**
 * Cuts names from the text of the whole range, which is decoded once: a decoder call costs a
 * microsecond, and some modules have tens of thousands of names.
 */
function namesBetween(
  from: number,
  to: number,
  slice: Slice,
): (at: number, length: number) => string {
  const text = decodeLatin1(slice(from, to));
  const isAscii = !NOT_ASCII.test(text);
  return (at, length) => {
    const name = text.slice(at - from, at - from + length);
    return isAscii || !NOT_ASCII.test(name) ? name : decodeUtf8(slice(at, at + length));
  };
}
