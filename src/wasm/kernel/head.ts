// Reads the head of a module: everything that precedes its code, enough to determine every
// signature at its boundary. The results are left in tables behind the module's bytes, where
// src/wasm/head.ts reads them from JavaScript.

import { BLOCK, BYTES, setTop, take, topOfMemory } from './memory';
import { at, byte, end, peek, readFrom, skip, skipLeb, u32leb } from './reader';

// Cells of the block's header, as byte offsets.
const SIZE: u32 = 0;
const TYPE_BYTES: u32 = 4;
const TYPE_END: u32 = 8;
const TYPE_GROUPS: u32 = 12;
const TYPES: u32 = 16;
const TYPE_COUNT: u32 = 20;
const IMPORTS: u32 = 24;
const IMPORT_COUNT: u32 = 28;
const EXPORTS: u32 = 32;
const EXPORT_COUNT: u32 = 36;
/** By external kind: the address of its table of entries, and their count. */
const KINDS: u32 = 40;
/** How many of each kind are imported. */
const IMPORTED: u32 = 80;
const CODE: u32 = 100;

export const TYPE_ENTRY: u32 = 32;
export const IMPORT_ENTRY: u32 = 32;
export const EXPORT_ENTRY: u32 = 16;
const RAW_ENTRY: u32 = 8;

const FUNCTION: u32 = 0;
const TAG: u32 = 4;

/** Flags of a type: it is a function type; one of its values is a reference. */
export const IS_FUNCTION: u32 = 1;
export const HOLDS_REFERENCE: u32 = 2;

export function cell(offset: u32): u32 {
  return load<u32>(BLOCK + offset);
}

function setCell(offset: u32, value: u32): void {
  store<u32>(BLOCK + offset, value);
}

export function typeEntry(type: u32): u32 {
  if (type >= cell(TYPE_COUNT)) unreachable();
  return cell(TYPES) + type * TYPE_ENTRY;
}
export function typeGroups(): u32 {
  return cell(TYPE_GROUPS);
}
export function typeCount(): u32 {
  return cell(TYPE_COUNT);
}
export function typeBytes(): u32 {
  return cell(TYPE_BYTES);
}
export function typeBytesEnd(): u32 {
  return cell(TYPE_END);
}
export function importCount(): u32 {
  return cell(IMPORT_COUNT);
}
export function importEntry(index: u32): u32 {
  return cell(IMPORTS) + index * IMPORT_ENTRY;
}
export function exportCount(): u32 {
  return cell(EXPORT_COUNT);
}
export function exportEntry(index: u32): u32 {
  return cell(EXPORTS) + index * EXPORT_ENTRY;
}
export function countOf(kind: u32): u32 {
  return cell(KINDS + 8 * kind + 4);
}
export function importedOf(kind: u32): u32 {
  return cell(IMPORTED + 4 * kind);
}
export function typeOfFunction(index: u32): u32 {
  if (index >= countOf(FUNCTION)) unreachable();
  return load<u32>(cell(KINDS) + 4 * index);
}
/** Finds the bytes of the type of a table, memory, global or tag: stored as begin and end. */
export function rawEntry(kind: u32, index: u32): u32 {
  if (index >= countOf(kind)) unreachable();
  return cell(KINDS + 8 * kind) + RAW_ENTRY * index;
}

/**
 * The order in which sections appear (core specification 5.5.2); custom sections may be anywhere.
 */
function orderOf(id: u32): u32 {
  if (id === 13) return 6;
  if (id === 14) return 7;
  if (id === 6) return 8;
  if (id === 7) return 9;
  if (id >= 1 && id <= 5) return id;
  if (id < 8 || id > 12) unreachable();
  return 10;
}

/**
 * Reads the head of the module whose first bytes are at `BYTES`.
 * @param size how many bytes are there
 * @param complete whether these are all of the module's bytes
 * @returns where the head ends; 0 if more bytes are needed
 */
export function readHead(size: u32, complete: bool): u32 {
  const limit = BYTES + size;
  const headEnd = findEnd(limit, complete);
  if (headEnd === 0) return 0;
  memory.fill(BLOCK, 0, BYTES - BLOCK);
  setTop(headEnd);
  readSections(headEnd);
  for (let kind = FUNCTION; kind <= TAG; kind++) {
    if (cell(KINDS + 8 * kind) === 0) startKind(kind, 0);
  }
  setCell(CODE, headEnd - BYTES);
  setCell(SIZE, topOfMemory() - BLOCK);
  return headEnd;
}

/** Finds the end of the last section that belongs to the head; 0 if it has not arrived yet. */
function findEnd(limit: u32, complete: bool): u32 {
  if (limit < BYTES + 8) {
    if (complete) unreachable();
    return 0;
  }
  if (load<u32>(BYTES) !== 0x6d736100 || load<u32>(BYTES + 4) !== 1) unreachable();
  let next = BYTES + 8;
  let last = next;
  while (true) {
    if (next >= limit) return complete && next === limit ? last : 0;
    const id = <u32>load<u8>(next);
    if (id !== 0 && orderOf(id) > 9) return last;
    let size: u32 = 0;
    let shift: u32 = 0;
    next++;
    while (true) {
      if (next >= limit) {
        if (complete) unreachable();
        return 0;
      }
      const part = <u32>load<u8>(next++);
      size |= (part & 0x7f) << shift;
      if (part < 0x80) break;
      shift += 7;
      if (shift >= 35) unreachable();
    }
    if (size > limit - next) {
      if (complete) unreachable();
      return 0;
    }
    next += size;
    if (id !== 0) last = next;
    if (id === 7) return last;
  }
}

function readSections(headEnd: u32): void {
  let next = BYTES + 8;
  let order: u32 = 0;
  while (next < headEnd) {
    readFrom(next, headEnd);
    const id = byte();
    const size = u32leb();
    const start = at;
    skip(size);
    next = at;
    if (id === 0) continue;
    const place = orderOf(id);
    if (place <= order) unreachable();
    order = place;
    readFrom(start, next);
    readSection(id);
    if (at !== end && id !== 14) unreachable();
  }
}

function readSection(id: u32): void {
  if (id === 1) readTypes();
  else if (id === 2) readImports();
  else if (id === 3) readFunctions();
  else if (id === 4) readDefinitions(1);
  else if (id === 5) readDefinitions(2);
  else if (id === 6) readDefinitions(3);
  else if (id === 13) readDefinitions(4);
  else if (id === 7) readExports();
}

/** Whether any of the value types so far is a reference. */
let reference: bool = false;

function skipValueType(): void {
  const form = byte();
  // (ref null ht), (ref ht): a heap type follows. All other forms are one byte.
  if (form === 0x63 || form === 0x64) {
    const heap = peek();
    if (heap === 0x62 || heap === 0x65) skip(1); // exact, shared
    skipLeb();
  }
  // Numbers and vectors are 0x7b to 0x7f; everything else is a reference.
  if (form < 0x7b || form > 0x7f) reference = true;
}

function readTypes(): void {
  const groups = u32leb();
  setCell(TYPE_GROUPS, groups);
  setCell(TYPE_BYTES, at);
  setCell(TYPE_END, end);
  setCell(TYPES, topOfMemory());
  let count: u32 = 0;
  for (let group: u32 = 0; group < groups; group++) {
    let types: u32 = 1;
    if (peek() === 0x4e) {
      skip(1);
      types = u32leb();
    }
    count += types;
    for (; types > 0; types--) readType();
  }
  setCell(TYPE_COUNT, count);
}

function readType(): void {
  const entry = take(TYPE_ENTRY);
  if (peek() === 0x50 || peek() === 0x4f) {
    skip(1);
    for (let supers = u32leb(); supers > 0; supers--) skipLeb();
  }
  const form = byte();
  memory.fill(entry, 0, TYPE_ENTRY);
  if (form === 0x60) {
    reference = false;
    readValues(entry);
    readValues(entry + 12);
    store<u32>(entry + 24, IS_FUNCTION | (reference ? HOLDS_REFERENCE : 0));
  } else if (form === 0x5e) skipField();
  else if (form === 0x5f) for (let fields = u32leb(); fields > 0; fields--) skipField();
  else unreachable();
}

/** Stores count, begin and end of a list of value types. */
function readValues(entry: u32): void {
  const count = u32leb();
  store<u32>(entry, count);
  store<u32>(entry + 4, at);
  for (let left = count; left > 0; left--) skipValueType();
  store<u32>(entry + 8, at);
}

function skipField(): void {
  skipValueType(); // packed i8 and i16 are one byte too
  skip(1);
}

function readImports(): void {
  const count = u32leb();
  if (count > end - at) unreachable();
  setCell(IMPORT_COUNT, count);
  setCell(IMPORTS, take(count * IMPORT_ENTRY));
  for (let index: u32 = 0; index < count; index++) {
    const entry = importEntry(index);
    readName(entry);
    readName(entry + 8);
    const kind = readKind();
    store<u32>(entry + 16, kind);
    const from = at;
    store<u32>(entry + 20, kind === FUNCTION ? u32leb() : u32.MAX_VALUE);
    if (kind !== FUNCTION) skipDefinition(kind);
    store<u32>(entry + 24, from);
    store<u32>(entry + 28, at);
    setCell(IMPORTED + 4 * kind, importedOf(kind) + 1);
  }
}

function readName(entry: u32): void {
  const length = u32leb();
  store<u32>(entry, at);
  store<u32>(entry + 4, length);
  skip(length);
}

function readKind(): u32 {
  const kind = byte();
  if (kind > TAG) unreachable();
  return kind;
}

/** Creates the table of a kind, imported entries first; returns where the others begin. */
function startKind(kind: u32, defined: u32): u32 {
  const imported = importedOf(kind);
  if (defined > 100_000_000) unreachable();
  const size = kind === FUNCTION ? 4 : RAW_ENTRY;
  let entry = take((imported + defined) * size);
  setCell(KINDS + 8 * kind, entry);
  setCell(KINDS + 8 * kind + 4, imported + defined);
  for (let index: u32 = 0, count = importCount(); index < count; index++) {
    const from = importEntry(index);
    if (load<u32>(from + 16) !== kind) continue;
    if (kind === FUNCTION) store<u32>(entry, load<u32>(from + 20));
    else store<u64>(entry, load<u64>(from + 24));
    entry += size;
  }
  return entry;
}

function readFunctions(): void {
  const count = u32leb();
  if (count > end - at) unreachable();
  let entry = startKind(FUNCTION, count);
  for (let left = count; left > 0; left--, entry += 4) store<u32>(entry, u32leb());
}

function readDefinitions(kind: u32): void {
  const count = u32leb();
  if (count > end - at) unreachable();
  let entry = startKind(kind, count);
  for (let left = count; left > 0; left--, entry += RAW_ENTRY) {
    const initialised = kind === 1 && peek() === 0x40;
    if (initialised) skip(2);
    store<u32>(entry, at);
    skipDefinition(kind);
    store<u32>(entry + 4, at);
    if (kind === 3 || initialised) skipConstant();
  }
}

function skipDefinition(kind: u32): void {
  if (kind === 1) {
    skipValueType();
    skipLimits();
  } else if (kind === 2) skipLimits();
  else if (kind === 3) skipField();
  else {
    skip(1);
    skipLeb();
  }
}

function skipLimits(): void {
  const flags = byte();
  skipLeb();
  if ((flags & 1) !== 0) skipLeb();
  if ((flags & 8) !== 0) skipLeb(); // custom page sizes
}

function readExports(): void {
  const count = u32leb();
  if (count > end - at) unreachable();
  setCell(EXPORT_COUNT, count);
  setCell(EXPORTS, take(count * EXPORT_ENTRY));
  for (let index: u32 = 0; index < count; index++) {
    const entry = exportEntry(index);
    readName(entry);
    store<u32>(entry + 8, readKind());
    store<u32>(entry + 12, u32leb());
  }
}

/** Skips a constant expression (core specification 3.4.8 and the proposals that extend it). */
function skipConstant(): void {
  for (;;) {
    const opcode = byte();
    if (opcode === 0x0b) return;
    // consts, global.get, ref.func, ref.null
    if (opcode === 0x41 || opcode === 0x42 || opcode === 0x23 || opcode === 0xd2 || opcode === 0xd0)
      skipLeb();
    else if (opcode === 0x43) skip(4);
    else if (opcode === 0x44) skip(8);
    else if (opcode === 0xfd) {
      if (u32leb() !== 12) unreachable();
      skip(16);
    } else if (opcode === 0xfb) skipGcConstant();
    // extended constants
    else if (!((opcode >= 0x6a && opcode <= 0x6c) || (opcode >= 0x7c && opcode <= 0x7e)))
      unreachable();
  }
}

function skipGcConstant(): void {
  const opcode = u32leb();
  // struct.new(_default), array.new(_default), array.new_fixed
  if (opcode <= 1 || (opcode >= 6 && opcode <= 8)) {
    skipLeb();
    if (opcode === 8) skipLeb();
  }
  // any.convert_extern, extern.convert_any, ref.i31
  else if (opcode < 26 || opcode > 28) unreachable();
}
