import { FUNCTION, MEMORY, TABLE } from '../../src/wasm/head.ts';
import type { Export, FunctionType, Head } from '../../src/wasm/head.ts';
import { functionPlaces, holdsReference } from '../../src/wasm/signature.ts';
import { exportTwin, importTrampolines, loneTrampoline, SAME } from '../../src/wasm/trampolines.ts';
import type { Forward, MemoryCheck } from '../../src/wasm/trampolines.ts';
import type { BoundaryFunctions } from './boundaryFunctions.ts';
import type { Counters } from './counters.ts';
import type { Foreseen, LoadedModule } from './loadedModule.ts';
import type { Memories } from './memories.ts';
import { OwnMap, OwnWeakMap, OwnWeakSet } from './natives.ts';
import { createTrampolinePool } from './trampolinePool.ts';

// The border of each instance: which trampolines stand in front of which functions, both ways.

export type WasmFunction = (...values: unknown[]) => unknown;

export interface Border {
  /**
   * Makes ready what a module will need when it is instantiated, as far as that can be foreseen: for a moment in
   * which the page waits for the engine to compile it.
   */
  prepare(module: LoadedModule): void;
  /** Values for a module's imports, in their order, with trampolines in front of the page's functions. */
  imports(module: LoadedModule, values: readonly unknown[]): unknown[];
  /** The object that takes the place of `instance.exports`. */
  exports(module: LoadedModule, real: WebAssembly.Exports): WebAssembly.Exports;
  /** What the page gets for a function that a table (or global) holds. */
  outward(value: unknown, table: WebAssembly.Table | null): unknown;
  /** Told what the page puts into a table, as it gave it. */
  putInto(table: WebAssembly.Table, value: unknown): void;
  /** What the engine gets for a function of the page's. */
  inward(value: unknown): unknown;
  /** What a trampoline prints as: the function behind it. Null: no trampoline. */
  textOf(fn: object): string | null;
  /** A module whose calls cannot be counted, so that its functions are listed with the reason. */
  unmeasured(module: LoadedModule, object: WebAssembly.Module, reason: string): void;
}

// Held before the agent patches them.
const { Instance, Module, Table } = WebAssembly;
const setEntry = Table.prototype.set;
const moduleImports = Module.imports;
const moduleExports = Module.exports;
const Suspending = (WebAssembly as { Suspending?: new (fn: WasmFunction) => object }).Suspending;
const exportsGetter = Object.getOwnPropertyDescriptor(Instance.prototype, 'exports')?.get as () => WebAssembly.Exports;
const toSource = Function.prototype.toString;
const { apply, defineProperty } = Reflect;
const nativeExports = (instance: WebAssembly.Instance): WebAssembly.Exports => apply(exportsGetter, instance, []);
const FULL = 'there are more functions than there is room to count in';
/** The engine names a function that comes from wasm by its index, which no script's function can have. */
const WASM_SOURCE = /^function \d+\(\)\s*\{\s*\[native code\]\s*\}$/;

/**
 * @param late the agent came after scripts of the page: tables may hold functions from before
 * @param failed told in words of what could not be measured, and why
 */
export function createBorder(
  counters: Counters,
  functions: BoundaryFunctions,
  memories: Memories,
  late: boolean,
  failed: (what: string, reason: string) => void,
): Border {
  const trampolineOf = new OwnWeakMap<object, WasmFunction>();
  const realOf = new OwnWeakMap<object, WasmFunction>();
  /** Trampolines in front of imports: a table can hold them, and they know where they belong. */
  const importOf = new OwnWeakMap<object, { module: LoadedModule; index: number }>();
  /** Tables into which the page has put functions that the agent does not know. */
  const mixed = new OwnWeakSet<WebAssembly.Table>();
  const pool = createTrampolinePool(counters, (bytes, t) => link(compile(bytes), { __proto__: null, t }, {}));
  const holders = new OwnWeakMap<WebAssembly.Table, LoadedModule[]>();
  const everyModule: LoadedModule[] = [];
  const loneModules = new OwnWeakMap<Head, Map<number, WebAssembly.Module>>();

  const isFunction = (value: unknown): value is WasmFunction => typeof value === 'function';

  function hold(table: WebAssembly.Table, module: LoadedModule): void {
    const modules = holders.get(table);
    if (!modules) holders.set(table, [module]);
    else if (!modules.includes(module)) modules.push(module);
  }

  function meet(module: LoadedModule): void {
    if (!everyModule.includes(module)) everyModule.push(module);
  }

  const compile = (bytes: Uint8Array<ArrayBuffer>): WebAssembly.Module => new Module(bytes);

  /** What `prepare` compiled, if it foresaw just these trampolines; else they are compiled now. */
  function ready(foreseen: Foreseen | undefined, forwards: readonly Forward[], checks: readonly MemoryCheck[], write: () => Uint8Array<ArrayBuffer>): WebAssembly.Module {
    return foreseen?.plan === planOf(forwards, checks) ? foreseen.compiled : compile(write());
  }

  function foresee(forwards: readonly Forward[], checks: readonly MemoryCheck[], bytes: Uint8Array<ArrayBuffer>): Foreseen {
    return { plan: planOf(forwards, checks), compiled: compile(bytes) };
  }

  function prepare(module: LoadedModule): void {
    const { head } = module;
    if (!head || module.row.instances > 0 || module.row.instantiateStart !== null || head.exports.length > MANY) return;
    let nextMemory = memories.count();
    const checks: MemoryCheck[] = [];
    const check = (raw: Uint8Array): MemoryCheck => ({ id: nextMemory++, raw });
    const forwards: Forward[] = [];
    let index = 0;
    for (const described of head.imports) {
      if (described.kind === MEMORY) checks.push(check(described.raw));
      if (described.kind !== FUNCTION) continue;
      const slot = functions.slotOf(functions.importId(module, described, index++));
      if (slot === null) return;
      forwards.push({ type: described.type, slot, target: 'import' });
    }
    if (forwards.length > 0) module.foreseenImports = foresee(forwards, checks, importTrampolines(head, forwards, checks));
    const outward: Forward[] = [];
    const own = head.memories.map((raw, at) => checks[at] ?? check(raw));
    const seen: MemoryCheck[] = [];
    const forwardOf = new Int32Array(head.functions.length).fill(SAME);
    const twins = new Int32Array(head.exports.length).fill(SAME);
    head.exports.forEach(({ kind, index: place }, at) => {
      const memory = own[place];
      if (kind === MEMORY && memory && !seen.includes(memory)) seen.push(memory);
      if (kind !== FUNCTION) return;
      if (forwardOf[place] === SAME) {
        const slot = functions.slotOf(functions.ownId(module, place));
        if (slot === null) return;
        const type = head.functions[place] as number;
        forwardOf[place] = outward.length;
        outward.push({ type, slot, target: translates(head, type, true) ? 'import' : 'table' });
      }
      twins[at] = forwardOf[place] as number;
    });
    if (outward.length > 0) module.foreseenExports = foresee(outward, seen, exportTwin(head, outward, twins, seen));
    if (head.tables.length > 0 && head.exports.some(({ kind }) => kind === TABLE)) pool.prepare(head);
  }

  /** @param f targets by position, and the table `t` for stubs */
  function link(compiled: WebAssembly.Module, f: object, more: WebAssembly.Imports): WebAssembly.Exports {
    const imports = { __proto__: null, w: counters.imports, f, ...more } as unknown as WebAssembly.Imports;
    return nativeExports(new Instance(compiled, imports));
  }

  function isImportable(value: unknown): boolean {
    return isFunction(value) || (Suspending !== undefined && value instanceof Suspending);
  }

  function imports(module: LoadedModule, values: readonly unknown[]): unknown[] {
    const result = values.map(inward);
    const { head } = module;
    if (!head) return result;
    meet(module);
    const checks: MemoryCheck[] = [];
    const targets: Record<string, unknown> = { __proto__: null };
    const forwards: Forward[] = [];
    const m: Record<string, WebAssembly.Memory> = { __proto__: null } as never;
    const places: number[] = [];
    const indices: number[] = [];
    let index = 0;
    head.imports.forEach((described, at) => {
      const value = result[at];
      if (described.kind === MEMORY && value instanceof WebAssembly.Memory) {
        const id = memories.meet(value, module.id, `${described.module}.${described.name}`, 'imported', described.raw);
        if (id !== null) {
          m[checks.length] = value;
          checks.push({ id, raw: described.raw });
        }
      } else if (described.kind === TABLE && value instanceof WebAssembly.Table) hold(value, module);
      if (described.kind !== FUNCTION) return;
      const own = index++;
      // A function that is itself wasm is linked directly: that is no crossing.
      if (!isImportable(value)) return;
      if (isFunction(value) && isExported(value)) {
        // It can come out of a table of this module, and is not this module's.
        if (!trampolineOf.has(value)) module.takesReferences = true;
        return;
      }
      const slot = functions.slotOf(functions.importId(module, described, own));
      if (slot === null) return failed(`import ${described.name}`, FULL);
      targets[forwards.length] = isFunction(value) ? translating(value, module, head, described.type, false) : value;
      forwards.push({ type: described.type, slot, target: isFunction(value) ? 'import' : 'suspending' });
      places.push(at);
      indices.push(own);
    });
    if (forwards.length === 0) return result;
    try {
      const made = link(ready(module.foreseenImports, forwards, checks, () => importTrampolines(head, forwards, checks)), targets, { m });
      places.forEach((place, at) => {
        const trampoline = made[at] as unknown as WasmFunction;
        importOf.set(trampoline, { module, index: indices[at] as number });
        result[place] = trampoline;
      });
    } catch (error) {
      failed(`imports of ${module.row.name}`, String(error));
    }
    return result;
  }

  /** Whether the engine made it from wasm: such a function has its index for a name, and is no JS function. */
  function isExported(value: WasmFunction): boolean {
    return WASM_SOURCE.test(apply(toSource, value, []));
  }

  function exports(module: LoadedModule, real: WebAssembly.Exports): WebAssembly.Exports {
    const { head } = module;
    if (!head) return real;
    meet(module);
    const same: Record<string, unknown> = { __proto__: null };
    const checks: MemoryCheck[] = [];
    const m: Record<string, WebAssembly.Memory> = { __proto__: null } as never;
    const forwards: Forward[] = [];
    const reals: WasmFunction[] = [];
    const first: Export[] = [];
    const targets: Record<string, unknown> = { __proto__: null };
    const forwardOf = new Int32Array(head.functions.length).fill(SAME);
    const twins = new Int32Array(head.exports.length).fill(SAME);
    for (let at = 0; at < twins.length; at++) {
      const described = head.exports[at] as Export;
      const { kind, name, index } = described;
      const value = real[name] as unknown;
      same[at] = value;
      if (kind === MEMORY) {
        const raw = head.memories[index] as Uint8Array;
        const id = memories.meet(value as WebAssembly.Memory, module.id, name, 'own', raw);
        if (id !== null && !checks.some((check) => check.id === id)) {
          m[checks.length] = value as WebAssembly.Memory;
          checks.push({ id, raw });
        }
      } else if (kind === TABLE) hold(value as WebAssembly.Table, module);
      if (kind !== FUNCTION) continue;
      const known = trampolineOf.get(value as object);
      if (known) {
        same[at] = known;
        continue;
      }
      if (forwardOf[index] === SAME) {
        const slot = functions.slotOf(functions.ownId(module, index));
        if (slot === null) {
          failed(`export ${name}`, FULL);
          continue;
        }
        const type = head.functions[index] as number;
        const target = translating(value as WasmFunction, module, head, type, true);
        forwardOf[index] = forwards.length;
        if (target !== value) targets[forwards.length] = target;
        reals[forwards.length] = value as WasmFunction;
        first[forwards.length] = described;
        forwards[forwards.length] = { type, slot, target: target === value ? 'table' : 'import' };
      }
      twins[at] = forwardOf[index] as number;
    }
    // Nothing to stand in front of, and nothing imported that is met as a trampoline elsewhere.
    if (!head.exports.some(({ kind }) => kind === FUNCTION)) return real;
    const t = new Table({ element: 'anyfunc', initial: forwards.length });
    targets.t = t;
    const twin = link(ready(module.foreseenExports, forwards, checks, () => exportTwin(head, forwards, twins, checks)), targets, { m, x: same as WebAssembly.ModuleImports });
    for (let at = 0; at < forwards.length; at++) {
      const fn = reals[at] as WasmFunction;
      if ((forwards[at] as Forward).target === 'table') apply(setEntry, t, [at, fn]);
      const { name, index } = first[at] as Export;
      pair(fn, twin[name] as unknown as WasmFunction, index);
    }
    return twin;
  }

  /** @param index what the engine names the function by: an import exported again has the one in its own module */
  function pair(real: WasmFunction, trampoline: WasmFunction, index: number): void {
    trampolineOf.set(real, trampoline);
    realOf.set(trampoline, real);
    const name = `${index}`;
    if (trampoline.name !== name) defineProperty(trampoline, 'name', { __proto__: null, value: name, configurable: true } as PropertyDescriptor);
  }

  function textOf(fn: object): string | null {
    const real = realOf.get(fn);
    if (!real) return null;
    const origin = importOf.get(real);
    return origin ? `function ${origin.index}() { [native code] }` : apply(toSource, real, []);
  }

  /**
   * Functions that a call hands over are exchanged as those in tables are. Where a signature has any, a closure
   * stands behind the trampoline: about 0.1 µs a call, for those alone. Several results of a page's function are
   * left as they are, as they may be any iterable.
   */
  function translating(target: WasmFunction, module: LoadedModule, head: Head, type: number, isExport: boolean): WasmFunction {
    const signature = head.types[type];
    if (!signature || !translates(head, type, isExport)) return target;
    const { params, results } = placesOf(head, type, isExport);
    const out = (value: unknown): unknown => {
      try {
        return outward(value, null, module);
      } catch (error) {
        failed('functions handed over by calls', String(error));
        return value;
      }
    };
    const [give, take] = isExport ? [inward, out] : [out, inward];
    return (...values) => {
      for (let at = 0; at < params.length; at++) {
        const place = params[at] as number;
        values[place] = give(values[place]);
      }
      const result = apply(target, undefined, values) as unknown;
      if (results.length === 0) return result;
      if (signature.resultCount === 1) return take(result);
      for (let at = 0; at < results.length; at++) {
        const place = results[at] as number;
        (result as unknown[])[place] = take((result as unknown[])[place]);
      }
      return result;
    };
  }

  function outward(value: unknown, table: WebAssembly.Table | null, from?: LoadedModule): unknown {
    if (!isFunction(value) || realOf.has(value)) return value;
    const known = trampolineOf.get(value);
    if (known) return known;
    const origin = importOf.get(value);
    const index = origin ? origin.index : Number(value.name);
    const modules = origin ? [origin.module] : [...(from ? [from] : []), ...((table && holders.get(table)) ?? []), ...everyModule];
    for (const module of modules) {
      const made = (!origin && isOwn(table, module) ? pooled(module, index, value) : null) ?? lone(module, index, value);
      if (made) return made;
    }
    // The function stays what it is: the page loses nothing, and the session says what is missing.
    failed('functions out of tables', 'the module they come from is not known');
    trampolineOf.set(value, value);
    return value;
  }

  /**
   * Whether a function out of a table is known to be its one module's own: no other module shares the table, the
   * page has put nothing unknown into it, and no reference from elsewhere can have come in by a call.
   */
  function isOwn(table: WebAssembly.Table | null, module: LoadedModule): boolean {
    if (late || !table || mixed.has(table) || holders.get(table)?.length !== 1 || holders.get(table)?.[0] !== module) return false;
    module.takesReferences ??= module.head?.types.some((type) => type !== null && holdsReference(type)) ?? true;
    return !module.takesReferences;
  }

  function pooled(module: LoadedModule, index: number, real: WasmFunction): WasmFunction | null {
    const { head } = module;
    const type = head?.functions[index];
    const signature = type === undefined ? null : head?.types[type];
    if (!head || type === undefined || !signature || !fits(signature, real)) return null;
    const made = pool.take(head, type, real, functions.ownId(module, index));
    if (made) pair(real, made, index);
    return made;
  }

  function lone(module: LoadedModule, index: number, real: WasmFunction): WasmFunction | null {
    const { head } = module;
    const type = head?.functions[index];
    const signature = type === undefined ? null : head?.types[type];
    if (!head || type === undefined || !signature || !fits(signature, real)) return null;
    let ofHead = loneModules.get(head);
    if (!ofHead) loneModules.set(head, (ofHead = new OwnMap()));
    // Linking fails where the signature is another: then it is not this module's function, and it must have no id.
    const place = functions.trySlot(module, index);
    if (!place) return null;
    try {
      let compiled = ofHead.get(type);
      if (!compiled) ofHead.set(type, (compiled = compile(loneTrampoline(head, type))));
      const made = link(compiled, { __proto__: null, 0: real }, { g: { slot: place.slot } })['0'] as unknown as WasmFunction;
      place.keep();
      pair(real, made, index);
      return made;
    } catch (error) {
      place.drop();
      if (error instanceof WebAssembly.LinkError) return null;
      throw error;
    }
  }

  const fits = (signature: FunctionType, real: WasmFunction): boolean => signature.paramCount === real.length;

  function inward(value: unknown): unknown {
    return isFunction(value) ? (realOf.get(value) ?? value) : value;
  }

  function putInto(table: WebAssembly.Table, value: unknown): void {
    if (isFunction(value) && !realOf.has(value)) mixed.add(table);
  }

  function unmeasured(module: LoadedModule, object: WebAssembly.Module, reason: string): void {
    if (module.listed) return;
    module.listed = true;
    for (const { kind, name } of moduleExports(object)) {
      if (kind === 'function') functions.unmeasured(module, 'export', name, reason);
    }
    for (const { kind, name, module: from } of moduleImports(object)) {
      if (kind === 'function') functions.unmeasured(module, 'import', `${from}.${name}`, reason);
    }
  }

  return { prepare, imports, exports, outward, inward, textOf, putInto, unmeasured };
}

/** Modules with more exports are not prepared: there the guess would cost more than it saves. */
const MANY = 10_000;

const planOf = (forwards: readonly Forward[], checks: readonly MemoryCheck[]): string =>
  `${forwards.map(({ slot, target }) => target + slot)} ${checks.map(({ id }) => id)}`;

/** Where a call of this type hands over functions. */
function placesOf({ types }: Head, type: number, isExport: boolean): { params: number[]; results: number[] } {
  const signature = types[type];
  if (!signature || !holdsReference(signature)) return { params: [], results: [] };
  return {
    params: functionPlaces(signature.params, types),
    results: isExport || signature.resultCount === 1 ? functionPlaces(signature.results, types) : [],
  };
}

function translates(head: Head, type: number, isExport: boolean): boolean {
  const { params, results } = placesOf(head, type, isExport);
  return params.length + results.length > 0;
}
