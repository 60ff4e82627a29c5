import { ByteReader, WasmFormatError } from './byteReader.ts';

// The head of a module: all that precedes its code. It is enough to know every signature at its boundary.

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
  /** The types one after the other, as their bytes in the binary format; `eachValueType` takes them apart. */
  params: Uint8Array;
  results: Uint8Array;
}

/** A type that is not a function's, or one that this reader only passes over. */
export type TypeEntry = FunctionType | null;

/** A table, memory, global or tag type as its bytes: copied into another module as it is. */
export type RawType = Uint8Array;

export interface Import {
  module: string;
  name: string;
  kind: ExternalKind;
  /** Index of the type for functions. */
  type: number;
  raw: RawType;
}

export interface Export {
  name: string;
  kind: ExternalKind;
  index: number;
}

export interface Head {
  /** Payload of the type section without its count, or empty. */
  typeBytes: Uint8Array;
  /** The count that stands before it: recursion groups and lone types. */
  typeGroups: number;
  types: TypeEntry[];
  imports: Import[];
  exports: Export[];
  /** Type index of every function, imported ones first. */
  functions: number[];
  tables: RawType[];
  memories: RawType[];
  globals: RawType[];
  tags: RawType[];
  importedFunctions: number;
}

export const SECTION_NAMES = [
  'custom',
  'type',
  'import',
  'function',
  'table',
  'memory',
  'global',
  'export',
  'start',
  'element',
  'code',
  'data',
  'data count',
  'tag',
  'string',
] as const;

/** Position in which a non-custom section must stand (core specification 5.5.2). */
const ORDER: Record<number, number> = {
  1: 1,
  2: 2,
  3: 3,
  4: 4,
  5: 5,
  13: 6,
  14: 7,
  6: 8,
  7: 9,
  8: 10,
  9: 11,
  12: 12,
  10: 13,
  11: 14,
};
const AFTER_EXPORTS = 9;

/**
 * Reads the head.
 * @returns the head, or null where `bytes` end before it is complete (more of the stream is needed).
 * @throws WasmFormatError where the bytes are no module, or use a form unknown to this reader.
 */
export function readHead(bytes: Uint8Array, complete: boolean): Head | null {
  if (bytes.length < 8) {
    if (complete) throw new WasmFormatError('no module', 0);
    return null;
  }
  const reader = new ByteReader(bytes);
  const magic = [0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00];
  for (const expected of magic) {
    if (reader.byte() !== expected) throw new WasmFormatError('no module', reader.offset - 1);
  }
  const head: Head = {
    typeBytes: new Uint8Array(0),
    typeGroups: 0,
    types: [],
    imports: [],
    exports: [],
    functions: [],
    tables: [],
    memories: [],
    globals: [],
    tags: [],
    importedFunctions: 0,
  };
  for (;;) {
    if (reader.done) return complete ? head : null;
    const id = reader.byte();
    const order = ORDER[id] ?? 0;
    if (order > AFTER_EXPORTS) return head;
    const size = readSize(reader);
    if (size === null || reader.offset + size > bytes.length) {
      if (complete) throw new WasmFormatError('unexpected end', reader.offset);
      return null;
    }
    const section = new ByteReader(bytes, reader.offset, reader.offset + size);
    reader.skip(size);
    readSection(id, section, head);
  }
}

function readSize(reader: ByteReader): number | null {
  const start = reader.offset;
  for (let at = start; at < reader.bytes.length; at++) {
    if ((reader.bytes[at] as number) < 0x80) return reader.u32();
  }
  return null;
}

function readSection(id: number, section: ByteReader, head: Head): void {
  switch (id) {
    case 1:
      readTypes(section, head);
      break;
    case 2:
      readImports(section, head);
      break;
    case 3:
      for (let left = section.u32(); left > 0; left--)
        head.functions[head.functions.length] = section.u32();
      break;
    case 4:
      each(section, () => head.tables.push(tableDefinition(section)));
      break;
    case 5:
      each(section, () => head.memories.push(span(section, skipLimits)));
      break;
    case 6:
      each(section, () => {
        head.globals.push(span(section, skipGlobalType));
        skipConstant(section);
      });
      break;
    case 7:
      each(section, () => {
        const name = section.name();
        head.exports.push({ name, kind: externalKind(section), index: section.u32() });
      });
      break;
    case 13:
      each(section, () => head.tags.push(span(section, skipTag)));
      break;
    default: // custom and string sections say nothing of signatures
  }
}

function each(section: ByteReader, read: () => void): void {
  for (let count = section.u32(); count > 0; count--) read();
}

function span(reader: ByteReader, skip: (reader: ByteReader) => void): Uint8Array {
  const from = reader.offset;
  skip(reader);
  return reader.slice(from, reader.offset);
}

function externalKind(reader: ByteReader): ExternalKind {
  const kind = reader.byte();
  if (kind > TAG) throw new WasmFormatError(`unknown external kind ${kind}`, reader.offset - 1);
  return kind as ExternalKind;
}

function readTypes(section: ByteReader, head: Head): void {
  head.typeGroups = section.u32();
  head.typeBytes = section.slice(section.offset, section.end);
  for (let group = 0; group < head.typeGroups; group++) {
    if (section.peek() === 0x4e) {
      section.byte();
      for (let count = section.u32(); count > 0; count--) head.types.push(subType(section));
    } else head.types.push(subType(section));
  }
}

function subType(reader: ByteReader): TypeEntry {
  if (reader.peek() === 0x50 || reader.peek() === 0x4f) {
    reader.byte();
    for (let supers = reader.u32(); supers > 0; supers--) reader.skipLeb();
  }
  const form = reader.byte();
  if (form === 0x60) {
    const paramCount = reader.u32();
    const params = valueTypes(reader, paramCount);
    const resultCount = reader.u32();
    return { paramCount, resultCount, params, results: valueTypes(reader, resultCount) };
  }
  if (form === 0x5e) skipField(reader);
  else if (form === 0x5f) for (let fields = reader.u32(); fields > 0; fields--) skipField(reader);
  else throw new WasmFormatError(`unknown type form 0x${form.toString(16)}`, reader.offset - 1);
  return null;
}

function valueTypes(reader: ByteReader, count: number): Uint8Array {
  const from = reader.offset;
  for (let left = count; left > 0; left--) skipValueType(reader);
  return reader.slice(from, reader.offset);
}

/** The bytes of each of several value types. */
export function eachValueType(types: Uint8Array): Uint8Array[] {
  const reader = new ByteReader(types);
  const each: Uint8Array[] = [];
  while (!reader.done) each.push(span(reader, skipValueType));
  return each;
}

function skipValueType(reader: ByteReader): void {
  const form = reader.byte();
  // (ref null ht), (ref ht): a heap type follows. All other forms are one byte.
  if (form === 0x63 || form === 0x64) {
    if (reader.peek() === 0x62 || reader.peek() === 0x65) reader.byte(); // exact, shared
    reader.s33();
  }
}

function skipField(reader: ByteReader): void {
  skipValueType(reader); // packed i8 and i16 are one byte too
  reader.byte();
}

function skipLimits(reader: ByteReader): void {
  const flags = reader.byte();
  reader.skipLeb();
  if ((flags & 1) !== 0) reader.skipLeb();
  if ((flags & 8) !== 0) reader.skipLeb(); // custom page sizes
}

function skipTableType(reader: ByteReader): void {
  skipValueType(reader);
  skipLimits(reader);
}

function tableDefinition(reader: ByteReader): RawType {
  const initialised = reader.peek() === 0x40;
  if (initialised) reader.skip(2);
  const type = span(reader, skipTableType);
  if (initialised) skipConstant(reader);
  return type;
}

function skipGlobalType(reader: ByteReader): void {
  skipValueType(reader);
  reader.byte();
}

function skipTag(reader: ByteReader): void {
  reader.byte();
  reader.skipLeb();
}

/** Passes over a constant expression (core specification 3.4.8 and the proposals that extended it). */
function skipConstant(reader: ByteReader): void {
  for (;;) {
    const opcode = reader.byte();
    switch (opcode) {
      case 0x0b:
        return;
      case 0x41:
      case 0x42:
      case 0x23:
      case 0xd2:
      case 0xd0: // consts, global.get, ref.func, ref.null
        reader.skipLeb();
        break;
      case 0x43:
        reader.skip(4);
        break;
      case 0x44:
        reader.skip(8);
        break;
      case 0x6a:
      case 0x6b:
      case 0x6c:
      case 0x7c:
      case 0x7d:
      case 0x7e: // extended constants
        break;
      case 0xfd:
        if (reader.u32() !== 12) throw new WasmFormatError('unknown constant', reader.offset);
        reader.skip(16);
        break;
      case 0xfb:
        skipGcConstant(reader);
        break;
      default:
        throw new WasmFormatError(`unknown constant opcode ${opcode}`, reader.offset - 1);
    }
  }
}

function skipGcConstant(reader: ByteReader): void {
  const opcode = reader.u32();
  switch (opcode) {
    case 0:
    case 1:
    case 6:
    case 7: // struct.new(_default), array.new(_default)
      reader.skipLeb();
      break;
    case 8: // array.new_fixed
      reader.skipLeb();
      reader.skipLeb();
      break;
    case 26:
    case 27:
    case 28: // any.convert_extern, extern.convert_any, ref.i31
      break;
    default:
      throw new WasmFormatError(`unknown GC constant ${opcode}`, reader.offset);
  }
}

function readImports(section: ByteReader, head: Head): void {
  each(section, () => {
    const module = section.name();
    const name = section.name();
    const kind = externalKind(section);
    const from = section.offset;
    let type = -1;
    if (kind === FUNCTION) type = section.u32();
    else if (kind === TABLE) skipTableType(section);
    else if (kind === MEMORY) skipLimits(section);
    else if (kind === GLOBAL) skipGlobalType(section);
    else skipTag(section);
    const raw = section.slice(from, section.offset);
    head.imports.push({ module, name, kind, type, raw });
    if (kind === FUNCTION) {
      head.functions.push(type);
      head.importedFunctions++;
    } else [head.tables, head.memories, head.globals, head.tags][kind - 1]?.push(raw);
  });
}
