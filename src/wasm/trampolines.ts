import { ByteWriter, MODULE_HEADER } from './byteWriter.ts';
import {
  CALLS,
  COUNTDOWN,
  CURRENT,
  NODES,
  PAGES,
  SLOT_BYTES,
  SLOT_NODE,
  SLOT_PARENT,
  START,
} from './counterLayout.ts';
import { COUNTER_FLAGS, counterMemory } from './counterMemory.ts';
import type { Export, FunctionType, Head } from './head.ts';
import { FUNCTION, GLOBAL, MEMORY, TABLE, TAG } from './head.ts';
import * as op from './opcodes.ts';
import { FUNCREF, I32 } from './opcodes.ts';
import { getOrInsert, SafeMap } from './safeCollections.ts';

// Trampolines: functions with the exact signature of a boundary function that count, keep the crossing
// tree's current node, send a sampled call out to the clock, and forward (docs/platform.md,
// "Trampolines").
//
// What one does, `node` and `parent` being addresses in the counter memory:
//   parent = current; node = the child of parent for this slot (cached there for the last parent)
//   current = node; node.calls++; timed = --node.countdown == 0; if timed: enter(node), start = clock cell
//   try { call the target } catch_all { as below; rethrow }
//   current = parent; if timed: clock cell = start, leave(node); if the memory grew: grew(memory, node)
//
// It has one of two forms. A whole is all of that, some 180 bytes. A stub, of 20 bytes, adds two constants to its
// parameters, its slot and its target's place in a table, and goes on (a tail call: no frame of its own) in the
// counting function that all stubs of a type share: of these there can be tens of thousands, to be written, checked and
// compiled while the page waits. Where many functions are called in turn the processor foresees a whole's own call, and
// not the one that stubs share: 10 to 20 ns a call (`npm run bench -- calls`). So there are wholes in front of imports
// and of exports, stubs in front of functions out of tables and where a module has thousands of exports.
//
// The start of a timed call waits in a local and goes through a memory cell, not through a parameter: a
// suspended stack (JSPI) keeps its own, and nothing is allocated for an f64 that crosses.

/** A boundary function to stand in front of. */
export interface Forward {
  /** Type index in the head. */
  type: number;
  /** Address of the slot under which it is counted; null: the module imports it as the global `g.slot`. */
  slot: number | null;
  /**
   * 'table': its trampoline is a stub, and forwards to the entry of the table `f.t` at the forward's position, which
   * must have the type. 'import': its trampoline is a whole, and forwards to the import `f.<position>`.
   * 'suspending': such an import that may suspend the stack (a `Suspending` object): while it is away the root is the
   * current node, as what runs then does not run inside this crossing.
   */
  target: 'table' | 'import' | 'suspending';
}

export interface MemoryCheck {
  /** Id of the memory: which PAGES cell holds the pages last seen. */
  id: number;
  /** Memory type's bytes as the module declares it. */
  raw: Uint8Array;
}

const TYPES = [
  [0x60, 2, I32, I32, 1, I32], // child(parent, slot) → node
  [0x60, 1, I32, 0], // enter(node), leave(node)
  [0x60, 2, I32, I32, 0], // grew(memory, node)
] as const;
const AGENT_FUNCTIONS = [
  ['child', 0],
  ['enter', 1],
  ['leave', 1],
  ['grew', 2],
] as const;
const CHILD = 0;
const ENTER = 1;
const LEAVE = 2;
const GREW = 3;

interface Plan {
  head: Head;
  forwards: readonly Forward[];
  /** Memories to compare after (exports) or before (imports) each call. */
  memories: readonly MemoryCheck[];
  /** 'import': growth found on the way out belongs to the crossing that was under way before. */
  direction: 'import' | 'export';
  /** The trampolines go into a table of the module's own, the next after `f.t`. */
  intoTable?: boolean;
  /** Imports beyond the standard ones: how many in all, of functions, and their bytes. */
  extra?: { count: number; functions: number; bytes: Uint8Array };
  /** @param first index of the first trampoline, @param firstOther of the first function among the extra imports */
  writeExports: (writer: ByteWriter, first: number, firstOther: number) => void;
}

/** The module that stands in front of a module's imported functions: imports `f.0…`, exports `0…`. */
export function importTrampolines(
  head: Head,
  forwards: readonly Forward[],
  memories: readonly MemoryCheck[],
): Uint8Array<ArrayBuffer> {
  return build({
    head,
    forwards,
    memories,
    direction: 'import',
    writeExports: (writer, first) => {
      writer.u32(forwards.length);
      for (let at = 0; at < forwards.length; at++)
        writer
          .name(`${at}`)
          .byte(FUNCTION)
          .u32(first + at);
    },
  });
}

/** In `twins`: the object itself, imported as `x.<position>` and exported again. */
export const SAME = -1;

/**
 * The module whose `exports` object takes the place of an instance's: the same names in the same order,
 * trampolines for functions, and every other object exported again, which the engine gives back as the
 * same JavaScript object. The engine itself so makes the null prototype, the descriptors and the freezing.
 * @param twins for each export the position of its forward, or `SAME`
 */
export function exportTwin(
  head: Head,
  forwards: readonly Forward[],
  twins: Int32Array,
  memories: readonly MemoryCheck[],
): Uint8Array<ArrayBuffer> {
  const imports = new ByteWriter();
  let count = 0;
  let functions = 0;
  for (let at = 0; at < twins.length; at++) {
    if (twins[at] !== SAME) continue;
    const described = head.exports[at] as Export;
    imports.name('x').name(`${at}`).byte(described.kind).bytes(typeOf(head, described));
    count++;
    if (described.kind === FUNCTION) functions++;
  }
  return build({
    head,
    forwards,
    memories,
    direction: 'export',
    extra: { count, functions, bytes: imports.view() },
    writeExports: (writer, first, firstOther) => {
      const next = [firstOther, hasStubs(forwards) ? 1 : 0, 1 + memories.length, 0, 0];
      writer.u32(twins.length);
      for (let at = 0; at < twins.length; at++) {
        const { name, kind } = head.exports[at] as Export;
        writer.name(name).byte(kind);
        if (twins[at] !== SAME) writer.u32(first + (twins[at] as number));
        else {
          writer.u32(next[kind] as number);
          next[kind] = (next[kind] as number) + 1;
        }
      }
    },
  });
}

/** One trampoline for a function met alone (in a table): imports `f.0` and its slot as the global `g.slot`. */
export function loneTrampoline(head: Head, type: number): Uint8Array<ArrayBuffer> {
  return build({
    head,
    forwards: [{ type, slot: null, target: 'import' }],
    memories: [],
    direction: 'export',
    extra: {
      count: 1,
      functions: 0,
      bytes: new ByteWriter(16).name('g').name('slot').bytes([GLOBAL, I32, 0]).view(),
    },
    writeExports: (writer, first) => writer.u32(1).name('0').byte(FUNCTION).u32(first),
  });
}

/**
 * Trampolines made in advance for functions that come out of a table, as compiling a module takes 0.2 ms
 * however small it is: one for each of these types, with slots from an address on. Exports them as the table `p`,
 * from which the engine makes function objects only as they are taken out.
 */
export function pooledTrampolines(
  signatures: readonly FunctionType[],
  firstSlot: number,
): Uint8Array<ArrayBuffer> {
  const types: FunctionType[] = [];
  const place = new SafeMap<FunctionType, number>();
  for (const type of signatures) if (!place.has(type)) place.set(type, types.push(type) - 1);
  const head = headOf(types);
  const forwards = signatures.map(
    (type, at): Forward => ({
      type: place.get(type) as number,
      slot: firstSlot + SLOT_BYTES * at,
      target: 'table',
    }),
  );
  return build({
    head,
    forwards,
    memories: [],
    direction: 'export',
    intoTable: true,
    writeExports: (writer) => writer.u32(1).name('p').byte(TABLE).u32(1),
  });
}

/** The head of a module that has these types and nothing else. */
export function headOf(types: readonly FunctionType[]): Head {
  const typeBytes = new ByteWriter();
  for (const type of types) writeType(typeBytes, type, 0);
  return {
    typeBytes: typeBytes.view(),
    typeGroups: types.length,
    types: [...types],
    imports: [],
    exports: [],
    functions: [],
    tables: [],
    memories: [],
    globals: [],
    tags: [],
    importedFunctions: 0,
  };
}

function typeOf(head: Head, { kind, index }: Export): ArrayLike<number> {
  if (kind === FUNCTION) return new ByteWriter(8).u32(head.functions[index] as number).view();
  const raw = {
    [TABLE]: head.tables,
    [MEMORY]: head.memories,
    [GLOBAL]: head.globals,
    [TAG]: head.tags,
  }[kind][index];
  if (!raw) throw new Error(`export of a missing index ${index}`);
  return raw;
}

/** A function type, with so many i32 parameters more. */
function writeType(
  into: ByteWriter,
  { paramCount, params, resultCount, results }: FunctionType,
  more: number,
): void {
  into
    .byte(0x60)
    .u32(paramCount + more)
    .bytes(params);
  for (let at = 0; at < more; at++) into.byte(I32);
  into.u32(resultCount).bytes(results);
}

/** Trampolines of one kind differ in a few numbers only. */
type Kind = Pick<Forward, 'type' | 'target'>;

const hasStubs = (forwards: readonly Forward[]): boolean =>
  forwards.some(({ target }) => target === 'table');

function build(plan: Plan): Uint8Array<ArrayBuffer> {
  const { head, forwards, memories } = plan;
  const extra = plan.extra ?? { count: 0, functions: 0, bytes: [] };
  const table = hasStubs(forwards);
  const types = head.types.length + TYPES.length;
  const kinds: Kind[] = [];
  const places = new SafeMap<number, number>();
  const kindOf = new Uint32Array(forwards.length);
  /** For each stub its counting function's position, for each whole its import's. */
  const next = new Uint32Array(forwards.length);
  const counting: number[] = [];
  let imported = 0;
  for (let at = 0; at < forwards.length; at++) {
    const { type, target } = forwards[at] as Forward;
    const key = 3 * type + TARGETS.indexOf(target);
    let kind = places.get(key);
    if (kind === undefined) {
      kind = kinds.push({ type, target }) - 1;
      places.set(key, kind);
      if (target === 'table') counting.push(kind);
    }
    kindOf[at] = kind;
    next[at] = target === 'table' ? counting.indexOf(kind) : imported++;
  }
  const firstTarget = AGENT_FUNCTIONS.length;
  const first = firstTarget + imported + extra.functions;

  const module = new ByteWriter(4096 + 64 * forwards.length + head.typeBytes.length);
  module.bytes(MODULE_HEADER);
  module.section(1, () => {
    module.u32(head.typeGroups + TYPES.length + counting.length).bytes(head.typeBytes);
    for (const type of TYPES) module.bytes(type);
    for (const kind of counting)
      writeType(module, head.types[(kinds[kind] as Kind).type] as FunctionType, 2);
  });
  module.section(2, () => {
    module.u32(
      1 + AGENT_FUNCTIONS.length + imported + memories.length + (table ? 1 : 0) + extra.count,
    );
    module.name('w').name('m').bytes(counterMemory(COUNTER_FLAGS));
    for (const [name, type] of AGENT_FUNCTIONS)
      module
        .name('w')
        .name(name)
        .byte(FUNCTION)
        .u32(head.types.length + type);
    forwards.forEach(({ type, target }, at) => {
      if (target !== 'table') module.name('f').name(`${at}`).byte(FUNCTION).u32(type);
    });
    if (table) module.name('f').name('t').bytes([TABLE, FUNCREF, 0]).u32(forwards.length);
    memories.forEach(({ raw }, at) => {
      module.name('m').name(`${at}`).byte(MEMORY).bytes(raw);
    });
    module.bytes(extra.bytes);
  });
  module.section(3, () => {
    module.u32(forwards.length + counting.length);
    for (let at = 0; at < forwards.length; at++) module.u32((forwards[at] as Forward).type);
    for (let at = 0; at < counting.length; at++) module.u32(types + at);
  });
  if (plan.intoTable) module.section(4, () => module.bytes([1, FUNCREF, 0]).u32(forwards.length));
  module.section(7, () => plan.writeExports(module, first, firstTarget + imported));
  if (plan.intoTable) {
    module.section(9, () => {
      module.bytes([1, 2, 1, op.i32Const, 0, op.end, FUNCTION]).u32(forwards.length);
      for (let at = 0; at < forwards.length; at++) module.u32(first + at);
    });
  }
  module.section(10, () => {
    module.u32(forwards.length + counting.length);
    const templates = kinds.map((kind) =>
      kind.target === 'table' ? stub(plan, kind) : whole(plan, kind),
    );
    for (let at = 0; at < forwards.length; at++) {
      const template = templates[kindOf[at] as number] as Template;
      const { slot, target } = forwards[at] as Forward;
      const start = module.u32(template.bytes.length).length;
      module.bytes(template.bytes);
      if (slot !== null) module.patch(start + template.slot, slot);
      if (target === 'table') module.patch(start + template.place, at);
      module.patch(
        start + template.next,
        (target === 'table' ? first + forwards.length : firstTarget) + (next[at] as number),
      );
    }
    for (const kind of counting) {
      const { bytes, next: called } = whole(plan, kinds[kind] as Kind);
      const start = module.u32(bytes.length).length;
      module.bytes(bytes).patch(start + called, (kinds[kind] as Kind).type);
    }
  });
  return module.view();
}

const TARGETS: readonly Forward['target'][] = ['table', 'import', 'suspending'];

/** A body, and where in it the numbers stand (padded) in which those of a kind differ. */
interface Template {
  bytes: Uint8Array;
  slot: number;
  /** Of a stub's target in the table. */
  place: number;
  /** The function that is called; of a counting function, the type. */
  next: number;
}

function stub({ head }: Plan, { type }: Kind): Template {
  const body = new ByteWriter(64).byte(0);
  const { paramCount } = head.types[type] as FunctionType;
  for (let param = 0; param < paramCount; param++) body.byte(op.localGet).u32(param);
  const slot = body.byte(op.i32Const).length;
  const place = body.padded(0).byte(op.i32Const).length;
  const next = body.padded(0).byte(op.returnCall).length;
  return { bytes: body.padded(0).byte(op.end).view(), slot, place, next };
}

type Six = [number, number, number, number, number, number];
/** Behind the parameters: slot, place, parent, node, countdown, start. */
const LOCALS = [0, 1, 2, 3, 4, 5] as const;

/** Made before: bodies with as many parameters and the same results differ in the type that they call, too. */
const wholes = new SafeMap<string, Template>();

/** A whole; or a counting function, which gets slot and place as two parameters more. */
function whole(plan: Plan, kind: Kind): Template {
  const { paramCount, resultCount, results } = plan.head.types[kind.type] as FunctionType;
  const own = resultCount > 1 ? `type ${kind.type}` : results.join();
  const key = `${kind.target} ${plan.direction} ${paramCount} ${own} ${plan.forwards[0]?.slot === null} ${plan.memories.map(({ id, raw }) => [id, raw[0]])}`;
  return getOrInsert(wholes, key, () => writeWhole(plan, kind));
}

function writeWhole(
  { head, forwards, direction, memories }: Plan,
  { type, target }: Kind,
): Template {
  const { paramCount, resultCount, results } = head.types[type] as FunctionType;
  const [slot, place, parent, node, countdown, start] = LOCALS.map(
    (local) => paramCount + local,
  ) as Six;
  const body = new ByteWriter(256);
  body
    .u32(2)
    .u32(target === 'table' ? 3 : 5)
    .byte(I32)
    .u32(1)
    .byte(op.f64);
  let slotAt = 0;
  let nextAt = 0;
  if (target !== 'table') {
    const imported = forwards[0]?.slot === null;
    slotAt = body.byte(imported ? op.globalGet : op.i32Const).length;
    body.padded(0).byte(op.localSet).u32(slot);
  }

  const checkMemories = (at: number): void =>
    memories.forEach(({ id, raw }, index) => {
      body.byte(op.memorySize).u32(1 + index);
      if (((raw[0] as number) & 4) !== 0) body.byte(op.i32WrapI64);
      body
        .byte(op.i32Const)
        .s32(0)
        .byte(op.i32Load)
        .u32(2)
        .u32(PAGES + 4 * id);
      body.byte(op.i32Ne).byte(op.if).byte(op.void);
      body.byte(op.i32Const).s32(id).byte(op.localGet).u32(at).byte(op.call).u32(GREW).byte(op.end);
    });
  const finish = (): void => {
    body
      .byte(op.i32Const)
      .s32(0)
      .byte(op.localGet)
      .u32(parent)
      .byte(op.i32Store)
      .u32(2)
      .u32(CURRENT);
    if (direction === 'export') checkMemories(node);
    body.byte(op.localGet).u32(countdown).byte(op.i32Eqz).byte(op.if).byte(op.void);
    body.byte(op.i32Const).s32(0).byte(op.localGet).u32(start).byte(op.f64Store).u32(3).u32(START);
    body.byte(op.localGet).u32(node).byte(op.call).u32(LEAVE).byte(op.end);
  };

  body.byte(op.i32Const).s32(0).byte(op.i32Load).u32(2).u32(CURRENT).byte(op.localTee).u32(parent);
  if (direction === 'import' && memories.length > 0) {
    body.byte(op.drop);
    checkMemories(parent);
    body.byte(op.localGet).u32(parent);
  }
  body
    .byte(op.localGet)
    .u32(slot)
    .byte(op.i32Load)
    .u32(2)
    .u32(SLOT_PARENT)
    .byte(op.i32Eq)
    .byte(op.if)
    .byte(I32);
  body.byte(op.localGet).u32(slot).byte(op.i32Load).u32(2).u32(SLOT_NODE);
  body
    .byte(op.else)
    .byte(op.localGet)
    .u32(parent)
    .byte(op.localGet)
    .u32(slot)
    .byte(op.call)
    .u32(CHILD);
  body.byte(op.end).byte(op.localSet).u32(node);

  body.byte(op.i32Const).s32(0).byte(op.localGet).u32(node).byte(op.i32Store).u32(2).u32(CURRENT);
  body.byte(op.localGet).u32(node).byte(op.localGet).u32(node).byte(op.i64Load).u32(3).u32(CALLS);
  body.byte(op.i64Const).s32(1).byte(op.i64Add).byte(op.i64Store).u32(3).u32(CALLS);
  body
    .byte(op.localGet)
    .u32(node)
    .byte(op.localGet)
    .u32(node)
    .byte(op.i32Load)
    .u32(2)
    .u32(COUNTDOWN);
  body.byte(op.i32Const).s32(1).byte(op.i32Sub).byte(op.localTee).u32(countdown);
  body.byte(op.i32Store).u32(2).u32(COUNTDOWN);
  body.byte(op.localGet).u32(countdown).byte(op.i32Eqz).byte(op.if).byte(op.void);
  body.byte(op.localGet).u32(node).byte(op.call).u32(ENTER);
  body.byte(op.i32Const).s32(0).byte(op.f64Load).u32(3).u32(START).byte(op.localSet).u32(start);
  body.byte(op.end);

  if (target === 'suspending') {
    body
      .byte(op.i32Const)
      .s32(0)
      .byte(op.i32Const)
      .s32(NODES)
      .byte(op.i32Store)
      .u32(2)
      .u32(CURRENT);
  }
  // Several results need a block type by index, and that one takes the parameters from the stack.
  const several = resultCount > 1;
  if (!several) body.byte(op.try).bytes(resultCount === 1 ? results : [op.void]);
  for (let param = 0; param < paramCount; param++) body.byte(op.localGet).u32(param);
  if (several) body.byte(op.try).s32(type);
  if (target === 'table') {
    nextAt = body.byte(op.localGet).u32(place).byte(op.callIndirect).length;
    body.padded(0).u32(0);
  } else {
    nextAt = body.byte(op.call).length;
    body.padded(0);
  }
  body.byte(op.catchAll);
  finish();
  body.byte(op.rethrow).u32(0).byte(op.end);
  finish();
  return { bytes: body.byte(op.end).view(), slot: slotAt, place: 0, next: nextAt };
}
