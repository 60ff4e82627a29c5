import type { FunctionId, FunctionKind, FunctionRow } from '../../src/protocol/rows.ts';
import { FUNCTION, MEMORY, TABLE } from '../../src/wasm/head.ts';
import type { FunctionType, Head } from '../../src/wasm/head.ts';
import { functionPlaces, holdsReference, signatureText } from '../../src/wasm/signature.ts';
import { exportTwin, importTrampolines, loneTrampoline } from '../../src/wasm/trampolines.ts';
import type { Forward, MemoryCheck, TwinExport } from '../../src/wasm/trampolines.ts';
import type { Counters } from './counters.ts';
import type { LoadedModule } from './loadedModule.ts';
import type { Memories } from './memories.ts';
import { OwnMap, OwnWeakMap, OwnWeakSet } from './natives.ts';
import { createTrampolinePool } from './trampolinePool.ts';

// The border of each instance: which trampolines stand in front of which functions, both ways.

export type WasmFunction = (...values: unknown[]) => unknown;

export interface Border {
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
const { Instance, Module } = WebAssembly;
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
 * @param report takes the rows of boundary functions as they come to be known
 * @param failed told in words of what could not be measured, and why
 */
export function createBorder(
  counters: Counters,
  memories: Memories,
  late: boolean,
  report: (row: FunctionRow) => void,
  failed: (what: string, reason: string) => void,
): Border {
  let functions = 0;
  /** By function id: where its calls are counted, whichever instance they come from. */
  const slots: (number | null)[] = [];
  let spareSlot: number | null = null;
  const trampolineOf = new OwnWeakMap<object, WasmFunction>();
  const realOf = new OwnWeakMap<object, WasmFunction>();
  /** Trampolines in front of imports: a table can hold them, and they know where they belong. */
  const importOf = new OwnWeakMap<object, { module: LoadedModule; index: number }>();
  /** Tables into which the page has put functions that the agent does not know. */
  const mixed = new OwnWeakSet<WebAssembly.Table>();
  const pool = createTrampolinePool(counters, (bytes) => link(compile(bytes), [], {}));
  const holders = new OwnWeakMap<WebAssembly.Table, LoadedModule[]>();
  const everyModule: LoadedModule[] = [];
  const loneModules = new OwnWeakMap<Head, Map<number, WebAssembly.Module>>();

  const isFunction = (value: unknown): value is WasmFunction => typeof value === 'function';

  function addFunction(module: LoadedModule, kind: FunctionKind, name: string, index: number | null, notMeasured: string | null): FunctionId {
    const type = index === null ? undefined : module.head?.types[module.head.functions[index] as number];
    const id = functions++;
    counters.reserve(functions);
    slots[id] = null;
    report({ id, module: module.id, kind, name, index, signature: type ? signatureText(type) : null, notMeasured });
    return id;
  }

  /** The first name under which each function is exported: some modules export tens of thousands. */
  function exportNames(module: LoadedModule): ReadonlyMap<number, string> {
    if (module.exportNames) return module.exportNames;
    const names = new OwnMap<number, string>();
    for (const { kind, index, name } of module.head?.exports ?? []) {
      if (kind === FUNCTION && !names.has(index)) names.set(index, name);
    }
    module.exportNames = names;
    return names;
  }

  /** The id of a module's own function, by its index: exported, or met in a table. */
  function idOf(module: LoadedModule, index: number): FunctionId {
    const known = module.ids.own.get(index);
    if (known !== undefined) return known;
    const name = exportNames(module).get(index);
    const id = name !== undefined
      ? addFunction(module, 'export', name, index, null)
      : addFunction(module, 'table', `table function ${index}`, index, null);
    module.ids.own.set(index, id);
    return id;
  }

  /** Null where the counter memory is full. */
  function slotOf(id: FunctionId): number | null {
    const slot = slots[id] ?? takeSlot();
    slots[id] = slot;
    if (slot !== null) counters.setSlot(slot, id);
    return slot;
  }

  function takeSlot(): number | null {
    const slot = spareSlot ?? counters.takeSlots(1);
    spareSlot = null;
    return slot;
  }

  function hold(table: WebAssembly.Table, module: LoadedModule): void {
    const modules = holders.get(table);
    if (!modules) holders.set(table, [module]);
    else if (!modules.includes(module)) modules.push(module);
  }

  function meet(module: LoadedModule): void {
    if (!everyModule.includes(module)) everyModule.push(module);
  }

  const compile = (bytes: Uint8Array<ArrayBuffer>): WebAssembly.Module => new Module(bytes);

  function link(compiled: WebAssembly.Module, targets: readonly unknown[], more: WebAssembly.Imports): WebAssembly.Exports {
    const f: Record<string, unknown> = { __proto__: null };
    for (let at = 0; at < targets.length; at++) f[at] = targets[at];
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
    const targets: unknown[] = [];
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
      const name = `${described.module}.${described.name}`;
      const id = module.ids.import.get(at) ?? addFunction(module, 'import', name, own, null);
      module.ids.import.set(at, id);
      const slot = slotOf(id);
      if (slot === null) return failed(`import ${name}`, FULL);
      forwards.push({ type: described.type, slot, suspending: !isFunction(value) });
      targets.push(isFunction(value) ? translating(value, module, head, described.type, false) : value);
      places.push(at);
      indices.push(own);
    });
    if (forwards.length === 0) return result;
    try {
      const made = link(compile(importTrampolines(head, forwards, checks)), targets, { m });
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
    const targets: unknown[] = [];
    const same: Record<string, unknown> = { __proto__: null };
    const checks: MemoryCheck[] = [];
    const m: Record<string, WebAssembly.Memory> = { __proto__: null } as never;
    const forwardOf = new OwnMap<number, number>();
    const twins: TwinExport[] = [];
    const names: string[] = [];
    const reals: WasmFunction[] = [];
    head.exports.forEach((described, at) => {
      const value = real[described.name] as unknown;
      if (described.kind === FUNCTION) {
        const known = trampolineOf.get(value as object);
        const alias = forwardOf.get(described.index);
        if (known) {
          same[at] = known;
          twins.push({ kind: 'same' });
        } else if (alias !== undefined) twins.push({ kind: 'alias', of: alias });
        else {
          const slot = slotOf(idOf(module, described.index));
          if (slot === null) {
            failed(`export ${described.name}`, FULL);
            same[at] = value;
            twins.push({ kind: 'same' });
            return;
          }
          forwardOf.set(described.index, targets.length);
          twins.push({ kind: 'forward', forward: { type: head.functions[described.index] as number, slot } });
          targets.push(translating(value as WasmFunction, module, head, head.functions[described.index] as number, true));
          reals.push(value as WasmFunction);
          names.push(described.name);
        }
        return;
      }
      if (described.kind === MEMORY) {
        const raw = head.memories[described.index] as Uint8Array;
        const id = memories.meet(value as WebAssembly.Memory, module.id, described.name, 'own', raw);
        if (id !== null && !checks.some((check) => check.id === id)) {
          m[checks.length] = value as WebAssembly.Memory;
          checks.push({ id, raw });
        }
      } else if (described.kind === TABLE) hold(value as WebAssembly.Table, module);
      same[at] = value;
      twins.push({ kind: 'same' });
    });
    // Nothing to stand in front of, and nothing imported that is met as a trampoline elsewhere.
    if (!head.exports.some(({ kind }) => kind === FUNCTION)) return real;
    const twin = link(compile(exportTwin(head, twins, checks)), targets, { m, x: same as WebAssembly.ModuleImports });
    names.forEach((name, at) => pair(reals[at] as WasmFunction, twin[name] as unknown as WasmFunction));
    return twin;
  }

  function pair(real: WasmFunction, trampoline: WasmFunction): void {
    trampolineOf.set(real, trampoline);
    realOf.set(trampoline, real);
    // An import exported again has the index that it has in its module, not that of the trampoline in front of it.
    const origin = importOf.get(real);
    const name = origin ? `${origin.index}` : real.name;
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
    if (!signature || !holdsReference(signature)) return target;
    const params = functionPlaces(signature.params, head.types);
    const results = isExport || signature.resultCount === 1 ? functionPlaces(signature.results, head.types) : [];
    if (params.length === 0 && results.length === 0) return target;
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
    const made = pool.take(head, type, real, idOf(module, index));
    if (made) pair(real, made);
    return made;
  }

  function lone(module: LoadedModule, index: number, real: WasmFunction): WasmFunction | null {
    const { head } = module;
    const type = head?.functions[index];
    const signature = type === undefined ? null : head?.types[type];
    if (!head || type === undefined || !signature || !fits(signature, real)) return null;
    let ofHead = loneModules.get(head);
    if (!ofHead) loneModules.set(head, (ofHead = new OwnMap()));
    const known = module.ids.own.get(index);
    const slot = (known === undefined ? null : slots[known]) ?? takeSlot();
    if (slot === null) return null;
    try {
      let compiled = ofHead.get(type);
      if (!compiled) ofHead.set(type, (compiled = compile(loneTrampoline(head, type))));
      // Linking fails where the signature is another: then it is not this module's function, and an id
      // must not have been given away.
      const made = link(compiled, [real], { g: { slot } })['0'] as unknown as WasmFunction;
      const id = idOf(module, index);
      slots[id] = slot;
      counters.setSlot(slot, id);
      pair(real, made);
      return made;
    } catch (error) {
      if (known === undefined) spareSlot = slot;
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
      if (kind === 'function') addFunction(module, 'export', name, null, reason);
    }
    for (const { kind, name, module: from } of moduleImports(object)) {
      if (kind === 'function') addFunction(module, 'import', `${from}.${name}`, null, reason);
    }
  }

  return { imports, exports, outward, inward, textOf, putInto, unmeasured };
}
