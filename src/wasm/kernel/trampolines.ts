// Writes modules of trampolines: functions with the exact signature of a boundary function that
// count calls, maintain the crossing tree's current node, read the clock around sampled calls, and
// forward (docs/platform.md, 3).
//
// What a trampoline does (`node` and `parent` are addresses in the counter memory):
//   parent = current; node = the child of parent for this slot (cached there for the last parent)
//   current = node; node.calls++; timed = --node.countdown === 0; if timed: start = enter(node)
//   try { call the target } catch_all { as below; rethrow }
//   current = parent; if timed: leave(node, start); if the memory grew: grew(memory, node)
//
// There are two forms. A whole trampoline does all of that itself. A stub, of 20 bytes, adds two
// constants to its parameters, its slot and the index of its target in a table, and tail-calls
// (without a frame of its own) the counting function that all stubs of a type share: there can be
// hundreds of stubs, few of which are ever called. Where many functions are called in turn, the
// processor predicts the call in a whole trampoline, but not the one that stubs share: 10 to 20 ns
// per call (`npm run bench -- calls`). Imports and most exports therefore get whole trampolines,
// functions from tables get stubs.
//
// The start of a timed call is kept in a local of the trampoline, because a suspended stack (JSPI)
// has its own locals.

import {
  CALLS,
  COUNTDOWN,
  CURRENT,
  NODES,
  PAGES,
  SLOT_BYTES,
  SLOT_NODE,
  SLOT_PARENT,
} from '../counterLayout';
import {
  countOf,
  exportCount,
  exportEntry,
  importCount,
  importEntry,
  rawEntry,
  typeBytes,
  typeBytesEnd,
  typeCount,
  typeEntry,
  typeGroups,
  typeOfFunction,
} from './head';
import { FORWARDS, leave, SLOTS, TARGETS, take, WANTED } from './memory';
import {
  closeSize,
  openSection,
  openSize,
  put,
  put2,
  putBytes,
  putDigits,
  putLetter,
  putS32,
  putU32,
  startWriting,
  writtenBytes,
} from './writer';

const I32: u32 = 0x7f;
const F64: u32 = 0x7c;
const FUNCREF: u32 = 0x70;
const LOCAL_GET: u32 = 0x20;
const LOCAL_SET: u32 = 0x21;
const LOCAL_TEE: u32 = 0x22;
const I32_CONST: u32 = 0x41;
const I32_LOAD: u32 = 0x28;
const I32_STORE: u32 = 0x36;
const END: u32 = 0x0b;
const VOID: u32 = 0x40;
const IF: u32 = 0x04;
const CALL: u32 = 0x10;

const FUNCTION: u32 = 0;
const TABLE: u32 = 1;
const MEMORY: u32 = 2;
const GLOBAL: u32 = 3;

/** Kinds of trampoline in front of a function. */
export const NONE: u32 = 0;
export const WHOLE: u32 = 1;
/** Forwards to an import that may suspend the stack (a `Suspending` object). */
export const SUSPENDING: u32 = 2;
/** Its target is imported from `t` by position, not from `f` by name. */
export const REPLACED: u32 = 4;

const CHILD: u32 = 0;
const ENTER: u32 = 1;
const LEAVE: u32 = 2;
const GREW: u32 = 3;
const AGENT_FUNCTIONS: u32 = 4;

/** The number of types of the agent's own functions, which follow those of the module. */
const AGENT_TYPES: u32 = 4;

/** Flags of the counter memory's type, and its maximum in pages (counterMemory.ts). */
let memoryFlags: u32 = 1;
let memoryPages: u32 = 0;

export function setCounterMemory(flags: u32, pages: u32): void {
  memoryFlags = flags;
  memoryPages = pages;
}

/**
 * Memories whose size is compared after (exports) or before (imports) each call: id, begin and end
 * of the type.
 */
let checks: u32 = 0;
let checkCount: u32 = 0;

/** The kind of trampoline for each import, or each export; NONE: no trampoline. */
let targets: u32 = 0;
/** The slot of each import or export that is a function. */
let slots: u32 = 0;

/** Allocates a plan for a number of positions and checks. */
export function startPlan(positions: u32, memories: u32): void {
  targets = take(positions);
  memory.fill(targets, 0, positions);
  slots = take(4 * positions);
  leave(TARGETS, targets);
  leave(SLOTS, slots);
  checks = take(12 * memories);
  checkCount = 0;
}
/** Adds a memory, by its index in the module. */
export function addCheck(id: u32, index: u32): void {
  const entry = checks + 12 * checkCount++;
  const raw = rawEntry(MEMORY, index);
  store<u32>(entry, id);
  store<u64>(entry + 4, load<u64>(raw));
}

function header(): void {
  put2(0x00, 0x61);
  put2(0x73, 0x6d);
  put2(0x01, 0x00);
  put2(0x00, 0x00);
}

/** Writes the types of the agent's functions. */
function putAgentTypes(): void {
  // child(parent, slot) → node
  put2(0x60, 2);
  put2(I32, I32);
  put2(1, I32);
  // enter(node) → start
  put2(0x60, 1);
  put2(I32, 1);
  put(F64);
  // leave(node, start)
  put2(0x60, 2);
  put2(I32, F64);
  put(0);
  // grew(memory, node)
  put2(0x60, 2);
  put2(I32, I32);
  put(0);
}

/**
 * Imports `w.m`, the counter memory, and the agent's functions, whose types start at index `types`.
 */
function putAgentImports(types: u32): void {
  putLetter(0x77);
  putLetter(0x6d);
  put2(MEMORY, memoryFlags);
  put(0);
  putU32(memoryPages);
  putAgentFunction(0x63, types); // c: child
  putAgentFunction(0x65, types + 1); // e: enter
  putAgentFunction(0x6c, types + 2); // l: leave
  putAgentFunction(0x67, types + 3); // g: grew
}

function putAgentFunction(letter: u32, type: u32): void {
  putLetter(0x77);
  putLetter(letter);
  put(FUNCTION);
  putU32(type);
}

/** Imports the memories to check, as `m.0…`. */
function putCheckImports(): void {
  for (let check: u32 = 0; check < checkCount; check++) {
    const entry = checks + 12 * check;
    putLetter(0x6d);
    putDigits(check);
    put(MEMORY);
    putBytes(load<u32>(entry + 4), load<u32>(entry + 8));
  }
}

function putTypeSection(more: u32): void {
  putU32(typeGroups() + AGENT_TYPES + more);
  putBytes(typeBytes(), typeBytesEnd());
  putAgentTypes();
}

function isTarget(position: u32): bool {
  return load<u8>(targets + position) !== NONE;
}

// How a whole differs.
/**
 * wasm calls out through it: growth found before the call belongs to the crossing that was active.
 */
const OUT: u32 = 1;
/**
 * While its stack is suspended, the root is the current node, because what runs then is outside
 * this crossing.
 */
const SUSPENDS: u32 = 2;
/** Its slot is the module's only global. */
const SLOT_IS_GLOBAL: u32 = 4;
/** Stubs share it: slot and index in the table are two additional parameters. */
const SHARED_BY_STUBS: u32 = 8;

/** An upper bound of a module's size: a name and a whole trampoline for each position. */
function bound(positions: u32, names: u32): u32 {
  return 4096 + typeBytesEnd() - typeBytes() + 2 * names + positions * (320 + 64 * checkCount);
}

/**
 * Writes the module that stands in front of a module's imported functions. It imports `f.<position
 * among the imports>` and exports the trampolines under the same numbers. Imported functions have
 * consecutive slots, with or without a trampoline.
 */
export function writeImports(firstSlot: u32): u32 {
  const count = importCount();
  let made: u32 = 0;
  let parameters: u32 = 0;
  for (let index: u32 = 0; index < count; index++) {
    if (!isTarget(index)) continue;
    made++;
    parameters += load<u32>(typeEntry(load<u32>(importEntry(index) + 20)));
  }
  startWriting(bound(made, 0) + 8 * parameters);
  const types = typeCount();
  header();
  let section = openSection(1);
  putTypeSection(0);
  closeSize(section);

  section = openSection(2);
  putU32(1 + AGENT_FUNCTIONS + made + checkCount);
  putAgentImports(types);
  for (let index: u32 = 0; index < count; index++) {
    if (!isTarget(index)) continue;
    putLetter(0x66);
    putDigits(index);
    put(FUNCTION);
    putU32(load<u32>(importEntry(index) + 20));
  }
  putCheckImports();
  closeSize(section);

  section = openSection(3);
  putU32(made);
  for (let index: u32 = 0; index < count; index++)
    if (isTarget(index)) putU32(load<u32>(importEntry(index) + 20));
  closeSize(section);

  section = openSection(7);
  putU32(made);
  let next = AGENT_FUNCTIONS + made;
  for (let index: u32 = 0; index < count; index++) {
    if (!isTarget(index)) continue;
    putDigits(index);
    put(FUNCTION);
    putU32(next++);
  }
  closeSize(section);

  section = openSection(10);
  putU32(made);
  let called = AGENT_FUNCTIONS;
  let slot = firstSlot - SLOT_BYTES;
  for (let index: u32 = 0; index < count; index++) {
    if (load<u32>(importEntry(index) + 16) === FUNCTION) slot += SLOT_BYTES;
    if (!isTarget(index)) continue;
    const type = load<u32>(importEntry(index) + 20);
    const suspends = (load<u8>(targets + index) & SUSPENDING) !== 0;
    putWhole(type, slot, called++, suspends ? OUT | SUSPENDS : OUT);
  }
  closeSize(section);
  return writtenBytes();
}

/** By function index: the position of its trampoline in the twin, plus 1; 0: not seen yet. */
let forwardOf: u32 = 0;
/** For each trampoline of a twin: the first export that it stands in front of. */
let forwards: u32 = 0;
let forwardCount: u32 = 0;
/** For each trampoline of a twin: how many precede it in the module being written. */
let ownIndex: u32 = 0;

/**
 * Plans a twin: every exported function gets a trampoline, with consecutive slots. A function
 * exported under several names gets one.
 * @returns the number of trampolines
 */
export function planTwin(firstSlot: u32): u32 {
  const count = exportCount();
  forwardOf = take(4 * countOf(FUNCTION));
  memory.fill(forwardOf, 0, 4 * countOf(FUNCTION));
  forwards = take(4 * count);
  leave(FORWARDS, forwards);
  ownIndex = take(4 * count);
  forwardCount = 0;
  for (let position: u32 = 0; position < count; position++) {
    const entry = exportEntry(position);
    if (load<u32>(entry + 8) !== FUNCTION) continue;
    const forward = forwardOf + 4 * load<u32>(entry + 12);
    if (load<u32>(forward) === 0) {
      store<u32>(forwards + 4 * forwardCount, position);
      store<u32>(slots + 4 * position, firstSlot + SLOT_BYTES * forwardCount);
      store<u32>(forward, ++forwardCount);
    }
    store<u8>(targets + position, WHOLE);
  }
  return forwardCount;
}

/** Returns the trampoline in front of an exported function, plus 1; 0 if there is none. */
function forwardAt(entry: u32): u32 {
  return load<u32>(forwardOf + 4 * load<u32>(entry + 12));
}

/**
 * Writes the module whose `exports` object replaces an instance's. It has the same names in the
 * same order: trampolines for functions, and re-exports of everything else, for which the engine
 * returns the same JavaScript objects. The null prototype, the descriptors and the freezing are
 * therefore the engine's own. Targets are imported by name from `f`, the real exports, or, if
 * marked REPLACED, by position from `t`.
 * @param stubs whether exports get stubs, as is best for many of them; their targets are entries of
 *   the table `s.t`, one per planned trampoline
 */
export function writeTwin(stubs: bool): u32 {
  const count = exportCount();
  const types = typeCount();
  let made: u32 = 0;
  let others: u32 = 0;
  let otherFunctions: u32 = 0;
  let names: u32 = 0;
  let parameters: u32 = 0;
  for (let position: u32 = 0; position < count; position++) {
    const entry = exportEntry(position);
    names += 8 + load<u32>(entry + 4);
    if (!isOwnForward(position, entry)) {
      if (isTarget(position)) continue;
      others++;
      if (load<u32>(entry + 8) === FUNCTION) otherFunctions++;
      continue;
    }
    made++;
    parameters += load<u32>(typeEntry(typeOfFunction(load<u32>(entry + 12))));
  }
  const counting = take(4 * types);
  const used = stubs ? chooseCounting(counting) : 0;
  const wholes = stubs ? countReplaced() : made;
  const least = bound(wholes + used, names) + 8 * parameters + 32 * others;
  startWriting(least + (stubs ? 64 * made : 0));
  header();
  let section = openSection(1);
  putTypeSection(used);
  if (used > 0) {
    for (let type: u32 = 0; type < types; type++)
      if (load<u32>(counting + 4 * type) > 0) putLongerType(typeEntry(type));
  }
  closeSize(section);

  section = openSection(2);
  putU32(1 + AGENT_FUNCTIONS + wholes + checkCount + others + (stubs ? 1 : 0));
  putAgentImports(types);
  if (stubs) {
    putLetter(0x73);
    putLetter(0x74);
    put2(TABLE, FUNCREF);
    put(0);
    putU32(forwardCount);
  }
  for (let position: u32 = 0; position < count; position++) {
    const entry = exportEntry(position);
    if (isOwnForward(position, entry) && !isStub(position, stubs)) putExportImport(position, entry);
  }
  putCheckImports();
  for (let position: u32 = 0; position < count; position++) {
    const entry = exportEntry(position);
    if (!isTarget(position)) putExportImport(position, entry);
  }
  closeSize(section);

  section = openSection(3);
  putU32(made + used);
  for (let position: u32 = 0; position < count; position++) {
    const entry = exportEntry(position);
    if (isOwnForward(position, entry)) putU32(typeOfFunction(load<u32>(entry + 12)));
  }
  for (let index: u32 = 0; index < used; index++) putU32(types + AGENT_TYPES + index);
  closeSize(section);

  section = openSection(7);
  putTwinExports(wholes, otherFunctions, stubs ? 1 : 0);
  closeSize(section);

  section = openSection(10);
  putU32(made + used);
  let called = AGENT_FUNCTIONS;
  const firstCounting = AGENT_FUNCTIONS + wholes + otherFunctions + made - 1;
  for (let position: u32 = 0; position < count; position++) {
    const entry = exportEntry(position);
    if (!isOwnForward(position, entry)) continue;
    const type = typeOfFunction(load<u32>(entry + 12));
    const slot = load<u32>(slots + 4 * position);
    if (isStub(position, stubs)) {
      const shared = firstCounting + load<u32>(counting + 4 * type);
      putStub(load<u32>(typeEntry(type)), slot, forwardAt(entry) - 1, shared);
    } else putWhole(type, slot, called++, 0);
  }
  if (used > 0) {
    for (let type: u32 = 0; type < types; type++)
      if (load<u32>(counting + 4 * type) > 0) putWhole(type, 0, 0, SHARED_BY_STUBS);
  }
  closeSize(section);
  return writtenBytes();
}

/** Whether this export gets a trampoline of its own: the first export of its function does. */
function isOwnForward(position: u32, entry: u32): bool {
  if (load<u32>(entry + 8) !== FUNCTION || !isTarget(position)) return false;
  return load<u32>(forwards + 4 * (forwardAt(entry) - 1)) === position;
}

function isStub(position: u32, stubs: bool): bool {
  return stubs && (load<u8>(targets + position) & REPLACED) === 0;
}

/** Counts the whole trampolines of a twin whose others are stubs. */
function countReplaced(): u32 {
  let replaced: u32 = 0;
  for (let position: u32 = 0, count = exportCount(); position < count; position++) {
    if (isOwnForward(position, exportEntry(position)) && !isStub(position, true)) replaced++;
  }
  return replaced;
}

/** Numbers the types of stubs from 1, in the order of the types; returns how many there are. */
function chooseCounting(counting: u32): u32 {
  const types = typeCount();
  memory.fill(counting, 0, 4 * types);
  for (let position: u32 = 0, count = exportCount(); position < count; position++) {
    const entry = exportEntry(position);
    if (!isOwnForward(position, entry) || !isStub(position, true)) continue;
    store<u32>(counting + 4 * typeOfFunction(load<u32>(entry + 12)), 1);
  }
  let used: u32 = 0;
  for (let type: u32 = 0; type < types; type++) {
    const number = counting + 4 * type;
    if (load<u32>(number) > 0) store<u32>(number, ++used);
  }
  return used;
}

function putExportImport(position: u32, entry: u32): void {
  const kind = load<u32>(entry + 8);
  if (
    (load<u8>(targets + position) & REPLACED) !== 0 ||
    (kind === FUNCTION && !isTarget(position))
  ) {
    putLetter(0x74);
    putDigits(position);
  } else {
    putLetter(0x66);
    putExportName(entry);
  }
  put(kind);
  const index = load<u32>(entry + 12);
  if (kind === FUNCTION) putU32(typeOfFunction(index));
  else {
    const raw = rawEntry(kind, index);
    putBytes(load<u32>(raw), load<u32>(raw + 4));
  }
}

function putExportName(entry: u32): void {
  const from = load<u32>(entry);
  const length = load<u32>(entry + 4);
  putU32(length);
  putBytes(from, from + length);
}

/** @param imported how many functions are imported for trampolines, plus tables */
function putTwinExports(imported: u32, otherFunctions: u32, importedTables: u32): void {
  const count = exportCount();
  const firstOwn = AGENT_FUNCTIONS + imported + otherFunctions;
  // The next index of each kind among the re-exports.
  let functions = AGENT_FUNCTIONS + imported;
  let tables = importedTables;
  let memories = 1 + checkCount;
  let globals: u32 = 0;
  let tags: u32 = 0;
  let next: u32 = 0;
  putU32(count);
  for (let position: u32 = 0; position < count; position++) {
    const entry = exportEntry(position);
    const kind = load<u32>(entry + 8);
    putExportName(entry);
    put(kind);
    if (kind === FUNCTION && isTarget(position)) {
      const forward = forwardAt(entry) - 1;
      if (load<u32>(forwards + 4 * forward) === position)
        store<u32>(ownIndex + 4 * forward, next++);
      putU32(firstOwn + load<u32>(ownIndex + 4 * forward));
    } else if (kind === FUNCTION) putU32(functions++);
    else if (kind === TABLE) putU32(tables++);
    else if (kind === MEMORY) putU32(memories++);
    else if (kind === GLOBAL) putU32(globals++);
    else putU32(tags++);
  }
}

/**
 * Writes a single trampoline for a function of this type that came out of a table: imports `f.0`,
 * exports `0`.
 */
export function writeLone(type: u32): u32 {
  checkCount = 0;
  startWriting(bound(1, 0) + 8 * load<u32>(typeEntry(type)));
  const types = typeCount();
  header();
  let section = openSection(1);
  putTypeSection(0);
  closeSize(section);
  section = openSection(2);
  putU32(1 + AGENT_FUNCTIONS + 2);
  putAgentImports(types);
  putLetter(0x66);
  putDigits(0);
  put(FUNCTION);
  putU32(type);
  // Its slot is the global `f.s`, so that one module serves all functions of the type.
  putLetter(0x66);
  putLetter(0x73);
  put2(GLOBAL, I32);
  put(0);
  closeSize(section);
  section = openSection(3);
  putU32(1);
  putU32(type);
  closeSize(section);
  section = openSection(7);
  putU32(1);
  putDigits(0);
  put(FUNCTION);
  putU32(AGENT_FUNCTIONS + 1);
  closeSize(section);
  section = openSection(10);
  putU32(1);
  putWhole(type, 0, AGENT_FUNCTIONS, SLOT_IS_GLOBAL);
  closeSize(section);
  return writtenBytes();
}

/** For each type: how many stubs are wanted. */
let wanted: u32 = 0;

/**
 * Requests stubs of each type in proportion to the module's functions of that type, and at least
 * one of each.
 * @param about the approximate total; 0: none, the caller sets the numbers
 * @param most the maximum total
 */
export function startPool(about: u32, most: u32): void {
  checkCount = 0;
  const types = typeCount();
  wanted = take(4 * types);
  leave(WANTED, wanted);
  memory.fill(wanted, 0, 4 * types);
  if (about === 0) return;
  const functions = countOf(FUNCTION);
  for (let index: u32 = 0; index < functions; index++) {
    const count = wanted + 4 * typeOfFunction(index);
    store<u32>(count, load<u32>(count) + 1);
  }
  let total: u32 = 0;
  for (let type: u32 = 0; type < types; type++) {
    const count = wanted + 4 * type;
    const share = (load<u32>(count) * about + functions - 1) / functions;
    const given = total + share > most ? 0 : share;
    store<u32>(count, given);
    total += given;
  }
}

/**
 * Writes stubs in advance for functions that come out of a table, because compiling a module takes
 * 0.2 ms however small it is. They forward to entries of the table `f.t`, which must have their
 * types. They are exported as the table `p`, ordered by type; the engine creates their function
 * objects only when they are taken out.
 */
export function writePool(firstSlot: u32): u32 {
  const types = typeCount();
  let total: u32 = 0;
  let used: u32 = 0;
  let size: u32 = 0;
  for (let type: u32 = 0; type < types; type++) {
    const count = load<u32>(wanted + 4 * type);
    if (count === 0) continue;
    const parameters = load<u32>(typeEntry(type));
    total += count;
    used++;
    size += count * (48 + 4 * parameters) + 512 + 8 * parameters;
  }
  startWriting(4096 + typeBytesEnd() - typeBytes() + size);
  header();
  let section = openSection(1);
  putTypeSection(used);
  for (let type: u32 = 0; type < types; type++)
    if (load<u32>(wanted + 4 * type) > 0) putLongerType(typeEntry(type));
  closeSize(section);

  section = openSection(2);
  putU32(1 + AGENT_FUNCTIONS + 1);
  putAgentImports(types);
  putLetter(0x66);
  putLetter(0x74);
  put2(TABLE, FUNCREF);
  put(0);
  putU32(total);
  closeSize(section);

  section = openSection(3);
  putU32(total + used);
  for (let type: u32 = 0; type < types; type++)
    for (let left = load<u32>(wanted + 4 * type); left > 0; left--) putU32(type);
  for (let index: u32 = 0; index < used; index++) putU32(types + AGENT_TYPES + index);
  closeSize(section);

  section = openSection(4);
  put2(1, FUNCREF);
  put(0);
  putU32(total);
  closeSize(section);
  section = openSection(7);
  putU32(1);
  putLetter(0x70);
  put2(TABLE, 1);
  closeSize(section);
  section = openSection(9);
  put2(1, 2);
  put2(1, I32_CONST);
  put2(0, END);
  put(FUNCTION);
  putU32(total);
  for (let index: u32 = 0; index < total; index++) putU32(AGENT_FUNCTIONS + index);
  closeSize(section);

  section = openSection(10);
  putU32(total + used);
  let counting = AGENT_FUNCTIONS + total;
  let index: u32 = 0;
  for (let type: u32 = 0; type < types; type++) {
    const count = load<u32>(wanted + 4 * type);
    if (count === 0) continue;
    for (let left = count; left > 0; left--, index++)
      putStub(load<u32>(typeEntry(type)), firstSlot + SLOT_BYTES * index, index, counting);
    counting++;
  }
  for (let type: u32 = 0; type < types; type++)
    if (load<u32>(wanted + 4 * type) > 0) putWhole(type, 0, 0, SHARED_BY_STUBS);
  closeSize(section);
  return writtenBytes();
}

/** Writes a function type with two additional i32 parameters at the end. */
function putLongerType(entry: u32): void {
  put(0x60);
  putU32(load<u32>(entry) + 2);
  putBytes(load<u32>(entry + 4), load<u32>(entry + 8));
  put2(I32, I32);
  putU32(load<u32>(entry + 12));
  putBytes(load<u32>(entry + 16), load<u32>(entry + 20));
}

function putStub(parameters: u32, slot: u32, target: u32, counting: u32): void {
  const body = openSize();
  put(0);
  for (let index: u32 = 0; index < parameters; index++) putLocal(LOCAL_GET, index);
  putConstant(slot);
  putConstant(target);
  put(0x12); // return_call
  putU32(counting);
  put(END);
  closeSize(body);
}

function putLocal(instruction: u32, index: u32): void {
  put(instruction);
  putU32(index);
}

function putConstant(value: u32): void {
  put(I32_CONST);
  putS32(<i32>value);
}

function putCall(index: u32): void {
  put(CALL);
  putU32(index);
}

/** Writes a load or store of 4 or 8 bytes. */
function putAccess(instruction: u32, alignment: u32, offset: u32): void {
  put2(instruction, alignment);
  putU32(offset);
}

/** current = the value of a local; leaves nothing on the stack. */
function putCurrent(local: u32): void {
  putConstant(0);
  putLocal(LOCAL_GET, local);
  putAccess(I32_STORE, 2, CURRENT);
}

/** Compares the memories with their cells: if (memory.size !== cell) grew(id, node) */
function putChecks(node: u32): void {
  for (let check: u32 = 0; check < checkCount; check++) {
    const entry = checks + 12 * check;
    const id = load<u32>(entry);
    put(0x3f); // memory.size
    putU32(1 + check);
    if ((load<u8>(load<u32>(entry + 4)) & 4) !== 0) put(0xa7); // i32.wrap_i64
    putConstant(0);
    putAccess(I32_LOAD, 2, PAGES + 4 * id);
    put2(0x47, IF); // i32.ne
    put(VOID);
    putConstant(id);
    putLocal(LOCAL_GET, node);
    putCall(GREW);
    put(END);
  }
}

/** Writes what follows when the call has returned or thrown. */
function putFinish(parent: u32, flags: u32): void {
  const node = parent + 1;
  const countdown = parent + 2;
  const start = parent + 3;
  putCurrent(parent);
  if ((flags & OUT) === 0) putChecks(node);
  putLocal(LOCAL_GET, countdown);
  put2(0x45, IF); // i32.eqz
  put(VOID);
  putLocal(LOCAL_GET, node);
  putLocal(LOCAL_GET, start);
  putCall(LEAVE);
  put(END);
}

/**
 * @param called the function that it forwards to; in code shared by stubs, the table's entry is
 *   called
 */
function putWhole(type: u32, slotAddress: u32, called: u32, flags: u32): void {
  const entry = typeEntry(type);
  const parameters = load<u32>(entry);
  const results = load<u32>(entry + 12);
  const byStubs = (flags & SHARED_BY_STUBS) !== 0;
  // After the parameters: slot, table index (for stubs), parent, node, countdown, start.
  const slot = parameters;
  const parent = slot + (byStubs ? 2 : 1);
  const node = parent + 1;
  const countdown = parent + 2;
  const start = parent + 3;
  const body = openSize();
  put2(2, byStubs ? 3 : 4);
  put2(I32, 1);
  put(F64);
  if (!byStubs) {
    if ((flags & SLOT_IS_GLOBAL) !== 0) put2(0x23, 0);
    else putConstant(slotAddress);
    putLocal(LOCAL_SET, slot);
  }

  putConstant(0);
  putAccess(I32_LOAD, 2, CURRENT);
  putLocal(LOCAL_SET, parent);
  if ((flags & OUT) !== 0) putChecks(parent);
  putLocal(LOCAL_GET, parent);
  putLocal(LOCAL_GET, slot);
  putAccess(I32_LOAD, 2, SLOT_PARENT);
  put2(0x46, IF); // i32.eq
  put(I32);
  putLocal(LOCAL_GET, slot);
  putAccess(I32_LOAD, 2, SLOT_NODE);
  put(0x05); // else
  putLocal(LOCAL_GET, parent);
  putLocal(LOCAL_GET, slot);
  putCall(CHILD);
  put(END);
  putLocal(LOCAL_SET, node);

  putCurrent(node);
  putLocal(LOCAL_GET, node);
  putLocal(LOCAL_GET, node);
  putAccess(0x29, 3, CALLS); // i64.load
  put2(0x42, 1); // i64.const 1
  put(0x7c); // i64.add
  putAccess(0x37, 3, CALLS); // i64.store
  putLocal(LOCAL_GET, node);
  putLocal(LOCAL_GET, node);
  putAccess(I32_LOAD, 2, COUNTDOWN);
  putConstant(1);
  put(0x6b); // i32.sub
  putLocal(LOCAL_TEE, countdown);
  putAccess(I32_STORE, 2, COUNTDOWN);
  putLocal(LOCAL_GET, countdown);
  put2(0x45, IF); // i32.eqz
  put(VOID);
  putLocal(LOCAL_GET, node);
  putCall(ENTER);
  putLocal(LOCAL_SET, start);
  put(END);
  if ((flags & SUSPENDS) !== 0) {
    putConstant(0);
    putConstant(NODES);
    putAccess(I32_STORE, 2, CURRENT);
  }

  // Several results need a block type by index, which takes the parameters from the stack.
  if (results <= 1) {
    put(0x06); // try
    if (results === 1) putBytes(load<u32>(entry + 16), load<u32>(entry + 20));
    else put(VOID);
  }
  for (let index: u32 = 0; index < parameters; index++) putLocal(LOCAL_GET, index);
  if (results > 1) {
    put(0x06);
    putS32(<i32>type);
  }
  if (byStubs) {
    putLocal(LOCAL_GET, slot + 1);
    put(0x11); // call_indirect
    putU32(type);
    put(0);
  } else putCall(called);
  put(0x19); // catch_all
  putFinish(parent, flags);
  put2(0x09, 0); // rethrow
  put(END);
  putFinish(parent, flags);
  put(END);
  closeSize(body);
}
