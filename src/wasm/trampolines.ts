import { ByteWriter, MODULE_HEADER } from './byteWriter.ts';
import { CALLS, COUNTDOWN, CURRENT, NODES, PAGES, SLOTS, START } from './counterLayout.ts';
import { FUNCTION, GLOBAL, MEMORY, TABLE, TAG } from './head.ts';
import type { Export, FunctionType, Head } from './head.ts';
import { I32, op } from './opcodes.ts';
import { OwnMap } from './own.ts';

// Trampolines: functions with the exact signature of a boundary function that count, keep the crossing
// tree's current node, send a sampled call out to the clock, and forward (PLATFORM.md, 3).
//
// What one does, `node` and `parent` being addresses in the counter memory:
//   parent = current; node = the child of parent for this function (cached for the last parent)
//   current = node; node.calls++; timed = --node.countdown == 0; if timed: enter(node), start = clock cell
//   try { call the original } catch_all { as below; rethrow }
//   current = parent; if timed: clock cell = start, leave(node); if the memory grew: grew(memory, node)
//
// The start of a timed call waits in a local and goes through a memory cell, not through a parameter: a
// suspended stack (JSPI) keeps its own, and nothing is allocated for an f64 that crosses.

/** A boundary function to stand in front of. */
export interface Forward {
  /** Type index in the head. */
  type: number;
  /** Id under which it is counted; null: the module imports it as the global `g.id`. */
  id: number | null;
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
  [0x60, 2, I32, I32, 1, I32], // child(parent, function) → node
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
  /** The originals are in a table of the module's own instead of being imported. */
  pooled?: boolean;
  /** Imports beyond the standard ones: how many in all, of functions and of globals, and their bytes. */
  extra?: { count: number; functions: number; globals: number; bytes: Uint8Array };
  writeExports: (writer: ByteWriter, firstForward: number) => void;
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
    extra: { count: same.length, functions: ofKind(FUNCTION), globals: ofKind(GLOBAL), bytes: imports.view() },
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

/** One trampoline for a function met alone (in a table): imports `f.0` and its id as the global `g.id`. */
export function loneTrampoline(head: Head, type: number): Uint8Array<ArrayBuffer> {
  return build({
    head, forwards: [{ type, id: null }], memories: [], direction: 'export',
    extra: {
      count: 1, functions: 0, globals: 1,
      bytes: new ByteWriter(16).name('g').name('id').bytes([GLOBAL, I32, 0]).view(),
    },
    writeExports: (writer, first) => writer.u32(1).name('0').byte(FUNCTION).u32(first),
  });
}

/**
 * Trampolines made in advance for functions that come out of a table, as compiling a module takes 0.2 ms
 * however small it is: one for each of these types. Exports `0…` in their order, and as `t` a table of its own:
 * entry n is what trampoline n forwards to, and must have the type. Their ids stand in the SLOTS cells from
 * byte `g.base` on.
 */
export function pooledTrampolines(signatures: readonly FunctionType[]): Uint8Array<ArrayBuffer> {
  const types: FunctionType[] = [];
  const place = new OwnMap<FunctionType, number>();
  for (const type of signatures) if (!place.has(type)) place.set(type, types.push(type) - 1);
  const typeBytes = new ByteWriter();
  for (const { paramCount, resultCount, params, results } of types) {
    typeBytes.byte(0x60).u32(paramCount).bytes(params).u32(resultCount).bytes(results);
  }
  const head: Head = {
    typeBytes: typeBytes.view(), typeGroups: types.length, types, imports: [], exports: [], functions: [],
    tables: [], memories: [], globals: [], tags: [], importedFunctions: 0,
  };
  return build({
    head, forwards: signatures.map((type) => ({ type: place.get(type) as number, id: null })), memories: [],
    direction: 'export', pooled: true,
    extra: {
      count: 1, functions: 0, globals: 1,
      bytes: new ByteWriter(16).name('g').name('base').bytes([GLOBAL, I32, 0]).view(),
    },
    writeExports: (writer, first) => {
      writer.u32(signatures.length + 1).name('t').byte(TABLE).u32(0);
      for (let at = 0; at < signatures.length; at++) writer.name(String(at)).byte(FUNCTION).u32(first + at);
    },
  });
}

function typeOf(head: Head, { kind, index }: Export): ArrayLike<number> {
  if (kind === FUNCTION) return new ByteWriter(8).u32(head.functions[index] as number).view();
  const raw = { [TABLE]: head.tables, [MEMORY]: head.memories, [GLOBAL]: head.globals, [TAG]: head.tags }[kind][index];
  if (!raw) throw new Error(`export of a missing index ${index}`);
  return raw;
}

function build(plan: Plan): Uint8Array<ArrayBuffer> {
  const { head, forwards, memories } = plan;
  const types = head.types.length;
  const extra = plan.extra ?? { count: 0, functions: 0, globals: 0, bytes: [] };
  const targets = plan.pooled ? [] : forwards;
  const firstForward = AGENT_FUNCTIONS.length + targets.length + extra.functions;

  const module = new ByteWriter(4096 + 192 * forwards.length);
  module.bytes(MODULE_HEADER);
  module.section(1, (section) => {
    section.u32(head.typeGroups + TYPES.length).bytes(head.typeBytes);
    for (const type of TYPES) section.bytes(type);
  });
  module.section(2, (section) => {
    section.u32(1 + AGENT_FUNCTIONS.length + targets.length + memories.length + extra.count);
    section.name('w').name('m').bytes([MEMORY, 0, 0]);
    for (const [name, type] of AGENT_FUNCTIONS) section.name('w').name(name).byte(FUNCTION).u32(types + type);
    targets.forEach(({ type }, at) => section.name('f').name(String(at)).byte(FUNCTION).u32(type));
    memories.forEach(({ raw }, at) => section.name('m').name(String(at)).byte(MEMORY).bytes(raw));
    section.bytes(extra.bytes);
  });
  module.section(3, (section) => {
    section.u32(forwards.length);
    for (const { type } of forwards) section.u32(type);
  });
  if (plan.pooled) module.section(4, (section) => section.bytes([1, 0x70, 0]).u32(forwards.length));
  module.section(6, (section) => {
    section.u32(2 * forwards.length);
    for (let at = 0; at < 2 * forwards.length; at++) section.bytes([I32, 1, op.i32Const, 0, op.end]);
  });
  module.section(7, (section) => plan.writeExports(section, firstForward));
  module.section(10, (section) => {
    section.u32(forwards.length);
    const body = new BodyWriter(plan, AGENT_FUNCTIONS.length, extra.globals);
    for (let at = 0; at < forwards.length; at++) body.write(section, at);
  });
  return module.view();
}

/** A trampoline's body with the places of the numbers that differ within a type. */
interface Template {
  bytes: Uint8Array;
  holes: Record<'lastParent' | 'lastNode' | 'target' | 'id' | 'type', number[]>;
}

class BodyWriter {
  // Two globals a trampoline cache the last parent and its node; imported globals stand before them.
  constructor(
    private readonly plan: Plan,
    private readonly firstTarget: number,
    private readonly firstGlobal: number,
  ) {}

  /**
   * Bodies with as many parameters and the same result differ in a few numbers only: the first is written, the
   * others are copies of it.
   */
  readonly #templates = new OwnMap<string, Template>();

  /** Writes the size and the body of the trampoline for the forward at this position. */
  write(into: ByteWriter, at: number): void {
    const { type, id, suspending } = this.plan.forwards[at] as Forward;
    const { paramCount, resultCount, results } = this.plan.head.types[type] as FunctionType;
    const result = resultCount === 0 ? 'none' : resultCount === 1 ? results.join() : `type ${type}`;
    const key = `${paramCount} ${result} ${suspending ?? false}`;
    let template = this.#templates.get(key);
    if (!template) this.#templates.set(key, (template = this.#template(at)));
    into.u32(template.bytes.length);
    const start = into.length;
    into.bytes(template.bytes);
    const { lastParent, lastNode, target } = template.holes;
    for (const hole of template.holes.type) into.patch(start + hole, type);
    for (const hole of lastParent) into.patch(start + hole, this.firstGlobal + 2 * at);
    for (const hole of lastNode) into.patch(start + hole, this.firstGlobal + 2 * at + 1);
    for (const hole of target) into.patch(start + hole, this.plan.pooled ? at : this.firstTarget + at);
    if (this.plan.pooled) for (const hole of template.holes.id) into.patch(start + hole, SLOTS + 4 * at);
    else if (id !== null) for (const hole of template.holes.id) into.patch(start + hole, id);
  }

  #template(at: number): Template {
    const { head, forwards, direction, pooled } = this.plan;
    const { type, id, suspending } = forwards[at] as Forward;
    const holes: Template['holes'] = { lastParent: [], lastNode: [], target: [], id: [], type: [] };
    const hole = (name: keyof typeof holes): void => {
      holes[name].push(body.length);
      body.padded(0);
    };
    const signature = head.types[type] as FunctionType;
    const params = signature.paramCount;
    const [parent, node, countdown, start] = [params, params + 1, params + 2, params + 3] as const;
    const body = new ByteWriter(192);
    body.u32(2).u32(3).byte(I32).u32(1).byte(op.f64);

    body.byte(op.i32Const).s32(0).byte(op.i32Load).u32(2).u32(CURRENT).byte(op.localSet).u32(parent);
    if (direction === 'import') this.#checkMemories(body, parent);
    body.byte(op.globalGet);
    hole('lastParent');
    body.byte(op.localGet).u32(parent).byte(op.i32Eq).byte(op.if).byte(I32).byte(op.globalGet);
    hole('lastNode');
    body.byte(op.else).byte(op.localGet).u32(parent);
    if (pooled) {
      body.byte(op.globalGet).u32(0).byte(op.i32Load).u32(2);
      hole('id');
    } else if (id === null) body.byte(op.globalGet).u32(0);
    else {
      body.byte(op.i32Const);
      hole('id');
    }
    body.byte(op.call).u32(CHILD).byte(op.localTee).u32(node).byte(op.globalSet);
    hole('lastNode');
    body.byte(op.localGet).u32(parent).byte(op.globalSet);
    hole('lastParent');
    body.byte(op.localGet).u32(node).byte(op.end).byte(op.localSet).u32(node);

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
    const several = signature.resultCount > 1;
    if (!several) body.byte(op.try).bytes(signature.resultCount === 1 ? signature.results : [op.void]);
    for (let param = 0; param < params; param++) body.byte(op.localGet).u32(param);
    if (several) body.byte(op.try).s32(type);
    if (pooled) {
      body.byte(op.i32Const);
      hole('target');
      body.byte(op.callIndirect);
      hole('type');
      body.u32(0);
    } else {
      body.byte(op.call);
      hole('target');
    }
    body.byte(op.catchAll);
    this.#finish(body, parent, node, countdown, start);
    body.byte(op.rethrow).u32(0).byte(op.end);
    this.#finish(body, parent, node, countdown, start);
    body.byte(op.end);
    return { bytes: body.view(), holes };
  }

  #finish(body: ByteWriter, parent: number, node: number, countdown: number, start: number): void {
    body.byte(op.i32Const).s32(0).byte(op.localGet).u32(parent).byte(op.i32Store).u32(2).u32(CURRENT);
    if (this.plan.direction === 'export') this.#checkMemories(body, node);
    body.byte(op.localGet).u32(countdown).byte(op.i32Eqz).byte(op.if).byte(op.void);
    body.byte(op.i32Const).s32(0).byte(op.localGet).u32(start).byte(op.f64Store).u32(3).u32(START);
    body.byte(op.localGet).u32(node).byte(op.call).u32(LEAVE).byte(op.end);
  }

  #checkMemories(body: ByteWriter, node: number): void {
    this.plan.memories.forEach(({ id, raw }, at) => {
      body.byte(op.memorySize).u32(1 + at);
      if (((raw[0] as number) & 4) !== 0) body.byte(op.i32WrapI64);
      body.byte(op.i32Const).s32(0).byte(op.i32Load).u32(2).u32(PAGES + 4 * id);
      body.byte(op.i32Ne).byte(op.if).byte(op.void);
      body.byte(op.i32Const).s32(id).byte(op.localGet).u32(node).byte(op.call).u32(GREW).byte(op.end);
    });
  }
}
