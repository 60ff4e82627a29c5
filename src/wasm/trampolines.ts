import { ByteWriter, MODULE_HEADER } from './byteWriter.ts';
import { CALLS, COUNTDOWN, CURRENT, NODES, PAGES, SLOT_BYTES, SLOT_NODE, SLOT_PARENT, START } from './counterLayout.ts';
import { FUNCTION, GLOBAL, MEMORY, TABLE, TAG } from './head.ts';
import type { Export, FunctionType, Head } from './head.ts';
import { FUNCREF, I32, op } from './opcodes.ts';
import { OwnMap } from './own.ts';

// Trampolines: functions with the exact signature of a boundary function that count, keep the crossing
// tree's current node, send a sampled call out to the clock, and forward (PLATFORM.md, 3).
//
// What the page holds is a stub: it adds two constants to its parameters, its slot in the counter memory and its
// target's place in the module's table, and goes on (a tail call: no frame of its own) in the counting function
// that all stubs of a type share. That one does, `node` and `parent` being addresses in the counter memory:
//   parent = current; node = the child of parent for this slot (cached there for the last parent)
//   current = node; node.calls++; timed = --node.countdown == 0; if timed: enter(node), start = clock cell
//   try { call the target } catch_all { as below; rethrow }
//   current = parent; if timed: clock cell = start, leave(node); if the memory grew: grew(memory, node)
// A stub has some 20 bytes where the whole would have 180, written, checked and compiled for each function while
// the page waits. Trampolines in front of imports are the whole all the same: there are few, and a call from a
// place of its own costs 5 ns less than the shared one where many are called in turn (`npm run bench -- calls`).
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
   * An import that may suspend the stack (a `Suspending` object): while it is away the root is the current
   * node, as what runs then does not run inside this crossing.
   */
  suspending?: boolean;
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
const AGENT_FUNCTIONS = [['child', 0], ['enter', 1], ['leave', 1], ['grew', 2]] as const;
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
  /** The targets are put into the table later instead of being imported, and the stubs are in a second table. */
  pooled?: boolean;
  /** Imports beyond the standard ones: how many in all, of functions, of tables, and their bytes. */
  extra?: { count: number; functions: number; tables: number; bytes: Uint8Array };
  writeExports: (writer: ByteWriter, firstStub: number) => void;
}

/** The module that stands in front of a module's imported functions: imports `f.0…`, exports `0…`. */
export function importTrampolines(
  head: Head,
  forwards: readonly Forward[],
  memories: readonly MemoryCheck[],
): Uint8Array<ArrayBuffer> {
  return build({
    head, forwards, memories, direction: 'import',
    writeExports: (writer, first) => {
      writer.u32(forwards.length);
      forwards.forEach((_, at) => writer.name(String(at)).byte(FUNCTION).u32(first + at));
    },
  });
}

/** What stands behind one export of the twin. */
export type TwinExport =
  /** A trampoline in front of import `f.n`, n counting the forwards. */
  | { kind: 'forward'; forward: Forward }
  /** The same trampoline as the n-th forward: one function exported under two names. */
  | { kind: 'alias'; of: number }
  /** The object itself, imported as `x.<position>` and exported again. */
  | { kind: 'same' };

/**
 * The module whose `exports` object takes the place of an instance's: the same names in the same order,
 * trampolines for functions, and every other object exported again, which the engine gives back as the
 * same JavaScript object. The engine itself so makes the null prototype, the descriptors and the freezing.
 */
export function exportTwin(
  head: Head,
  twins: readonly TwinExport[],
  memories: readonly MemoryCheck[],
): Uint8Array<ArrayBuffer> {
  const forwards = twins.flatMap((twin) => (twin.kind === 'forward' ? [twin.forward] : []));
  const same = twins.flatMap((twin, at) => (twin.kind === 'same' ? [at] : []));
  const ofKind = (kind: number) => same.filter((at) => head.exports[at]?.kind === kind).length;
  const imports = new ByteWriter();
  for (const at of same) {
    const described = head.exports[at] as Export;
    imports.name('x').name(String(at)).byte(described.kind).bytes(typeOf(head, described));
  }
  return build({
    head, forwards, memories, direction: 'export',
    extra: { count: same.length, functions: ofKind(FUNCTION), tables: ofKind(TABLE), bytes: imports.view() },
    writeExports: (writer, first) => {
      const standard = AGENT_FUNCTIONS.length + forwards.length;
      const next = [standard, 0, 1 + memories.length, 0, 0];
      let forward = first;
      writer.u32(twins.length);
      twins.forEach((twin, at) => {
        const { name, kind } = head.exports[at] as Export;
        writer.name(name).byte(kind);
        if (twin.kind === 'forward') writer.u32(forward++);
        else if (twin.kind === 'alias') writer.u32(first + twin.of);
        else {
          writer.u32(next[kind] as number);
          next[kind] = (next[kind] as number) + 1;
        }
      });
    },
  });
}

/** One trampoline for a function met alone (in a table): imports `f.0` and its slot as the global `g.slot`. */
export function loneTrampoline(head: Head, type: number): Uint8Array<ArrayBuffer> {
  return build({
    head, forwards: [{ type, slot: null }], memories: [], direction: 'export',
    extra: { count: 1, functions: 0, tables: 0, bytes: new ByteWriter(16).name('g').name('slot').bytes([GLOBAL, I32, 0]).view() },
    writeExports: (writer, first) => writer.u32(1).name('0').byte(FUNCTION).u32(first),
  });
}

/**
 * Trampolines made in advance for functions that come out of a table, as compiling a module takes 0.2 ms
 * however small it is: one for each of these types, with slots from an address on. Exports two tables of as many
 * entries: `p` holds the trampolines, which the engine makes into function objects only as they are taken out;
 * entry n of `t` is what trampoline n forwards to, and must have the type.
 */
export function pooledTrampolines(signatures: readonly FunctionType[], firstSlot: number): Uint8Array<ArrayBuffer> {
  const types: FunctionType[] = [];
  const place = new OwnMap<FunctionType, number>();
  for (const type of signatures) if (!place.has(type)) place.set(type, types.push(type) - 1);
  const typeBytes = new ByteWriter();
  for (const type of types) writeType(typeBytes, type, 0);
  const head: Head = {
    typeBytes: typeBytes.view(), typeGroups: types.length, types, imports: [], exports: [], functions: [],
    tables: [], memories: [], globals: [], tags: [], importedFunctions: 0,
  };
  return build({
    head, memories: [], direction: 'export', pooled: true,
    forwards: signatures.map((type, at) => ({ type: place.get(type) as number, slot: firstSlot + SLOT_BYTES * at })),
    writeExports: (writer) => writer.u32(2).name('t').byte(TABLE).u32(0).name('p').byte(TABLE).u32(1),
  });
}

function typeOf(head: Head, { kind, index }: Export): ArrayLike<number> {
  if (kind === FUNCTION) return new ByteWriter(8).u32(head.functions[index] as number).view();
  const raw = { [TABLE]: head.tables, [MEMORY]: head.memories, [GLOBAL]: head.globals, [TAG]: head.tags }[kind][index];
  if (!raw) throw new Error(`export of a missing index ${index}`);
  return raw;
}

/** A function type, with so many i32 parameters more. */
function writeType(into: ByteWriter, { paramCount, params, resultCount, results }: FunctionType, more: number): void {
  into.byte(0x60).u32(paramCount + more).bytes(params);
  for (let at = 0; at < more; at++) into.byte(I32);
  into.u32(resultCount).bytes(results);
}

interface Kind {
  type: number;
  suspending: boolean;
}

function build(plan: Plan): Uint8Array<ArrayBuffer> {
  const { head, forwards, memories } = plan;
  const types = head.types.length + TYPES.length;
  const extra = plan.extra ?? { count: 0, functions: 0, tables: 0, bytes: [] };
  const targets = plan.pooled ? [] : forwards;
  const firstTarget = AGENT_FUNCTIONS.length;
  const first = firstTarget + targets.length + extra.functions;
  const stubs = plan.direction === 'export';
  const kinds: Kind[] = [];
  const places = new OwnMap<number, number>();
  const kindOf = ({ type, suspending = false }: Forward): number => {
    const key = 2 * type + (suspending ? 1 : 0);
    const known = places.get(key);
    if (known !== undefined) return known;
    places.set(key, kinds.length);
    return kinds.push({ type, suspending }) - 1;
  };
  const kindsOf = forwards.map(kindOf);
  const counting = stubs ? kinds : [];

  const module = new ByteWriter(4096 + 32 * forwards.length + head.typeBytes.length);
  module.bytes(MODULE_HEADER);
  module.section(1, (section) => {
    section.u32(head.typeGroups + TYPES.length + counting.length).bytes(head.typeBytes);
    for (const type of TYPES) section.bytes(type);
    for (const { type } of counting) writeType(section, head.types[type] as FunctionType, 2);
  });
  module.section(2, (section) => {
    section.u32(1 + AGENT_FUNCTIONS.length + targets.length + memories.length + extra.count);
    section.name('w').name('m').bytes([MEMORY, 0, 0]);
    for (const [name, type] of AGENT_FUNCTIONS) section.name('w').name(name).byte(FUNCTION).u32(head.types.length + type);
    targets.forEach(({ type }, at) => section.name('f').name(String(at)).byte(FUNCTION).u32(type));
    memories.forEach(({ raw }, at) => section.name('m').name(String(at)).byte(MEMORY).bytes(raw));
    section.bytes(extra.bytes);
  });
  module.section(3, (section) => {
    section.u32(forwards.length + counting.length);
    for (const { type } of forwards) section.u32(type);
    for (let at = 0; at < counting.length; at++) section.u32(types + at);
  });
  if (stubs) {
    module.section(4, (section) => {
      const tables = plan.pooled ? 2 : 1;
      section.u32(tables);
      for (let table = 0; table < tables; table++) section.bytes([FUNCREF, 0]).u32(forwards.length);
    });
  }
  module.section(7, (section) => plan.writeExports(section, first));
  if (stubs) {
    // Targets into their table, or the stubs of a pool into theirs.
    module.section(9, (section) => {
      section.bytes([1, 2]).u32(plan.pooled ? 1 : extra.tables).bytes([op.i32Const, 0, op.end, FUNCTION]).u32(forwards.length);
      for (let at = 0; at < forwards.length; at++) section.u32((plan.pooled ? first : firstTarget) + at);
    });
  }
  module.section(10, (section) => {
    section.u32(forwards.length + counting.length);
    const templates = kinds.map((kind) => (stubs ? stub(head, kind, plan) : countingBody(plan, kind, extra.tables)));
    for (let at = 0; at < forwards.length; at++) {
      const template = templates[kindsOf[at] as number] as Template;
      const { slot } = forwards[at] as Forward;
      section.u32(template.bytes.length);
      const start = section.length;
      section.bytes(template.bytes).patch(start + template.target, stubs ? at : firstTarget + at);
      if (slot !== null) section.patch(start + template.slot, slot);
      if (stubs) section.patch(start + template.counting, first + forwards.length + (kindsOf[at] as number));
    }
    for (const kind of counting) {
      const { bytes } = countingBody(plan, kind, extra.tables);
      section.u32(bytes.length).bytes(bytes);
    }
  });
  return module.view();
}

/** A body, and where in it stand the numbers (padded) in which those of a kind differ. */
interface Template {
  bytes: Uint8Array;
  slot: number;
  target: number;
  counting: number;
}

function stub(head: Head, { type }: Kind, { forwards }: Plan): Template {
  const body = new ByteWriter(64).byte(0);
  const { paramCount } = head.types[type] as FunctionType;
  for (let param = 0; param < paramCount; param++) body.byte(op.localGet).u32(param);
  if (forwards[0]?.slot === null) body.byte(op.globalGet).u32(0);
  else body.byte(op.i32Const).padded(0);
  const slot = body.length - 5;
  const target = body.byte(op.i32Const).length;
  const counting = body.padded(0).byte(op.returnCall).length;
  return { bytes: body.padded(0).byte(op.end).view(), slot, target, counting };
}

/** Behind the parameters: slot, target, parent, node, countdown, start. */
type Six = [number, number, number, number, number, number];
const LOCALS = [0, 1, 2, 3, 4, 5] as const;

/**
 * The whole: of stubs it takes slot and target as parameters, in front of an import they stand in it.
 * @param table index of the table that holds the targets of stubs
 */
function countingBody({ head, direction, memories }: Plan, { type, suspending }: Kind, table: number): Template {
  const { paramCount, resultCount, results } = head.types[type] as FunctionType;
  const [slot, target, parent, node, countdown, start] = LOCALS.map((local) => paramCount + local) as Six;
  const body = new ByteWriter(256);
  body.u32(2).u32(direction === 'export' ? 3 : 5).byte(I32).u32(1).byte(op.f64);
  let slotAt = 0;
  let targetAt = 0;
  if (direction === 'import') {
    slotAt = body.byte(op.i32Const).length;
    body.padded(0).byte(op.localSet).u32(slot);
  }

  const checkMemories = (at: number): void => memories.forEach(({ id, raw }, index) => {
    body.byte(op.memorySize).u32(1 + index);
    if (((raw[0] as number) & 4) !== 0) body.byte(op.i32WrapI64);
    body.byte(op.i32Const).s32(0).byte(op.i32Load).u32(2).u32(PAGES + 4 * id);
    body.byte(op.i32Ne).byte(op.if).byte(op.void);
    body.byte(op.i32Const).s32(id).byte(op.localGet).u32(at).byte(op.call).u32(GREW).byte(op.end);
  });
  const finish = (): void => {
    body.byte(op.i32Const).s32(0).byte(op.localGet).u32(parent).byte(op.i32Store).u32(2).u32(CURRENT);
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
  body.byte(op.localGet).u32(slot).byte(op.i32Load).u32(2).u32(SLOT_PARENT).byte(op.i32Eq).byte(op.if).byte(I32);
  body.byte(op.localGet).u32(slot).byte(op.i32Load).u32(2).u32(SLOT_NODE);
  body.byte(op.else).byte(op.localGet).u32(parent).byte(op.localGet).u32(slot).byte(op.call).u32(CHILD);
  body.byte(op.end).byte(op.localSet).u32(node);

  body.byte(op.i32Const).s32(0).byte(op.localGet).u32(node).byte(op.i32Store).u32(2).u32(CURRENT);
  body.byte(op.localGet).u32(node).byte(op.localGet).u32(node).byte(op.i64Load).u32(3).u32(CALLS);
  body.byte(op.i64Const).s32(1).byte(op.i64Add).byte(op.i64Store).u32(3).u32(CALLS);
  body.byte(op.localGet).u32(node).byte(op.localGet).u32(node).byte(op.i32Load).u32(2).u32(COUNTDOWN);
  body.byte(op.i32Const).s32(1).byte(op.i32Sub).byte(op.localTee).u32(countdown);
  body.byte(op.i32Store).u32(2).u32(COUNTDOWN);
  body.byte(op.localGet).u32(countdown).byte(op.i32Eqz).byte(op.if).byte(op.void);
  body.byte(op.localGet).u32(node).byte(op.call).u32(ENTER);
  body.byte(op.i32Const).s32(0).byte(op.f64Load).u32(3).u32(START).byte(op.localSet).u32(start);
  body.byte(op.end);

  if (suspending) {
    body.byte(op.i32Const).s32(0).byte(op.i32Const).s32(NODES).byte(op.i32Store).u32(2).u32(CURRENT);
  }
  // Several results need a block type by index, and that one takes the parameters from the stack.
  const several = resultCount > 1;
  if (!several) body.byte(op.try).bytes(resultCount === 1 ? results : [op.void]);
  for (let param = 0; param < paramCount; param++) body.byte(op.localGet).u32(param);
  if (several) body.byte(op.try).s32(type);
  if (direction === 'export') body.byte(op.localGet).u32(target).byte(op.callIndirect).u32(type).u32(table);
  else {
    targetAt = body.byte(op.call).length;
    body.padded(0);
  }
  body.byte(op.catchAll);
  finish();
  body.byte(op.rethrow).u32(0).byte(op.end);
  finish();
  return { bytes: body.byte(op.end).view(), slot: slotAt, target: targetAt, counting: 0 };
}
