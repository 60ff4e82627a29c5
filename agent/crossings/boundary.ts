import type { Export, Head, Import } from '../../src/wasm/head.ts';
import { FUNCTION, MEMORY, TABLE } from '../../src/wasm/head.ts';
import { holdsReference } from '../../src/wasm/signature.ts';
import type { Forward } from '../../src/wasm/trampolines.ts';
import { loneTrampoline } from '../../src/wasm/trampolines.ts';
import type { Foreseen, LoadedModule } from '../modules/loadedModule.ts';
import { exportsOf, getOrInsert, SafeMap, SafeWeakMap, SafeWeakSet } from '../page/natives.ts';
import type { BoundaryFunctions } from './boundaryFunctions.ts';
import type { Counters } from './counters.ts';
import type { Memories } from './memories.ts';
import type { Plan } from './trampolinePlan.ts';
import { functionsOf, keyOf, planExports, planImports } from './trampolinePlan.ts';
import { createTrampolinePool } from './trampolinePool.ts';

// The boundary of each instance: which trampolines stand in front of which functions, both ways.

export type WasmFunction = (...values: unknown[]) => unknown;

export interface Boundary {
  /**
   * Makes ready what a module will need when it is instantiated, as far as that can be foreseen: for a moment in
   * which the page waits for the engine to compile it.
   */
  prepare(module: LoadedModule): void;
  /** Values for a module's imports, in their order, with trampolines in front of the page's functions. */
  imports(module: LoadedModule, values: readonly unknown[]): unknown[];
  /** The object that takes the place of `instance.exports`. */
  exports(module: LoadedModule | undefined, real: WebAssembly.Exports): WebAssembly.Exports;
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
const { Instance, Memory, Module, Table } = WebAssembly;
const setEntry = Table.prototype.set;
const moduleImports = Module.imports;
const moduleExports = Module.exports;
const Suspending = (WebAssembly as { Suspending?: new (fn: WasmFunction) => object }).Suspending;
const toSource = Function.prototype.toString;
const { apply, defineProperty } = Reflect;
/** The engine names a function that comes from wasm by its index, which no script's function can have. */
const WASM_SOURCE = /^function \d+\(\)\s*\{\s*\[native code\]\s*\}$/;

/**
 * @param late the agent came after scripts of the page: tables may hold functions from before
 * @param failed told in words of what could not be measured, and why
 */
export function createBoundary(
  counters: Counters,
  functions: BoundaryFunctions,
  memories: Memories,
  late: boolean,
  failed: (what: string, reason: string) => void,
): Boundary {
  const trampolineOf = new SafeWeakMap<object, WasmFunction>();
  const realOf = new SafeWeakMap<object, WasmFunction>();
  /** Trampolines in front of imports: a table can hold them, and they know where they belong. */
  const importOf = new SafeWeakMap<object, { module: LoadedModule; index: number }>();
  /** Tables into which the page has put functions that the agent does not know. */
  const mixed = new SafeWeakSet<WebAssembly.Table>();
  const pool = createTrampolinePool(counters, (bytes, t) =>
    link(compile(bytes), { __proto__: null, t }, {}),
  );
  const holders = new SafeWeakMap<WebAssembly.Table, LoadedModule[]>();
  const everyModule: LoadedModule[] = [];
  const loneModules = new SafeWeakMap<Head, Map<number, WebAssembly.Module>>();

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
  const ready = (foreseen: Foreseen | undefined, plan: Plan): WebAssembly.Module =>
    foreseen && foreseen.key === keyOf(plan) ? foreseen.compiled : compile(plan.write());

  const foresee = (plan: Plan): Foreseen | undefined =>
    plan.forwards.length > 0 ? { key: keyOf(plan), compiled: compile(plan.write()) } : undefined;

  const importSlot =
    (module: LoadedModule, head: Head) =>
    (index: number, at: number): number | null =>
      functions.slotOf(functions.importId(module, head.imports[at] as Import, index));
  const exportSlot =
    (module: LoadedModule) =>
    (index: number): number | null =>
      functions.slotOf(functions.ownId(module, index));
  const exportTarget =
    (head: Head) =>
    (at: number): Forward['target'] =>
      head.exports.length < MANY ||
      functionsOf(head, head.functions[(head.exports[at] as Export).index] as number, true)
        ? 'import'
        : 'table';

  function prepare(module: LoadedModule): void {
    const { head } = module;
    if (!head || module.row.instantiateStart !== null || head.exports.length >= MANY) return;
    counters.imports();
    const first = memories.count();
    const imported = head.imports.filter(({ kind }) => kind === MEMORY).length;
    let next = first;
    module.foreseenImports = foresee(
      planImports(head, {
        target: () => 'import',
        slot: importSlot(module, head),
        memory: () => next++,
      }),
    );
    module.foreseenExports = foresee(
      planExports(head, {
        target: exportTarget(head),
        slot: exportSlot(module),
        memory: (at) =>
          (head.exports[at] as Export).index < imported
            ? first + (head.exports[at] as Export).index
            : next++,
      }),
    );
    if (head.exports.some(({ kind }) => kind === TABLE)) pool.prepare(head);
  }

  /** @param f targets by position, and the table `t` for stubs */
  function link(
    compiled: WebAssembly.Module,
    f: object,
    more: WebAssembly.Imports,
  ): WebAssembly.Exports {
    const imports = {
      __proto__: null,
      w: counters.imports(),
      f,
      ...more,
    } as unknown as WebAssembly.Imports;
    return exportsOf(new Instance(compiled, imports));
  }

  function imports(module: LoadedModule, values: readonly unknown[]): unknown[] {
    const result = values.map(inward);
    const { head } = module;
    if (!head) return result;
    meet(module);
    head.imports.forEach(({ kind }, at) => {
      if (kind === TABLE && result[at] instanceof Table) hold(result[at], module);
    });
    const plan = planImports(head, {
      target(at) {
        const value = result[at];
        if (!isFunction(value))
          return Suspending !== undefined && value instanceof Suspending ? 'suspending' : null;
        if (!isExported(value)) return 'import';
        // A function that is itself wasm is linked directly: that is no crossing. It can come out of a table of this
        // module, and is not this module's.
        if (trampolineOf.get(value) === value) module.takesReferences = true;
        return null;
      },
      slot: importSlot(module, head),
      memory(at) {
        const { module: from, name, raw } = head.imports[at] as Import;
        return result[at] instanceof Memory
          ? memories.meet(result[at], module.id, `${from}.${name}`, 'imported', raw)
          : null;
      },
    });
    if (plan.forwards.length === 0) return result;
    try {
      const targets: Record<string, unknown> = { __proto__: null };
      plan.forwards.forEach(({ type }, forward) => {
        const value = result[plan.at[forward] as number];
        targets[forward] = isFunction(value)
          ? translating(value, module, head, type, false)
          : value;
      });
      const made = link(ready(module.foreseenImports, plan), targets, {
        m: pick(plan.memoryAt, result),
      });
      plan.at.forEach((at, forward) => {
        const trampoline = made[forward] as unknown as WasmFunction;
        importOf.set(trampoline, { module, index: plan.index[forward] as number });
        result[at] = trampoline;
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

  function exports(
    module: LoadedModule | undefined,
    real: WebAssembly.Exports,
  ): WebAssembly.Exports {
    const head = module?.head;
    if (!head) {
      // The page has the real functions: that is what it is to get out of tables as well.
      for (const name in real) inward(real[name]);
      return real;
    }
    meet(module);
    // Nothing to stand in front of, and nothing imported that is met as a trampoline elsewhere.
    if (!head.exports.some(({ kind }) => kind === FUNCTION)) return real;
    const values: unknown[] = [];
    head.exports.forEach(({ kind, name }, at) => {
      const value: unknown = real[name];
      values[at] = (kind === FUNCTION && trampolineOf.get(value as object)) || value;
      if (kind === TABLE) hold(value as WebAssembly.Table, module);
    });
    const target = exportTarget(head);
    const plan = planExports(head, {
      target: (at) =>
        realOf.has(values[at] as object) || trampolineOf.has(values[at] as object)
          ? null
          : target(at),
      slot: exportSlot(module),
      memory: (at) => {
        const { name, index } = head.exports[at] as Export;
        return memories.meet(
          values[at] as WebAssembly.Memory,
          module.id,
          name,
          'defined',
          head.memories[index] as Uint8Array,
        );
      },
    });
    const t = new Table({ element: 'anyfunc', initial: plan.forwards.length });
    const targets: Record<string, unknown> = { __proto__: null, t };
    plan.forwards.forEach(({ type, target: way }, forward) => {
      const fn = values[plan.at[forward] as number] as WasmFunction;
      if (way === 'table') apply(setEntry, t, [forward, fn]);
      else targets[forward] = translating(fn, module, head, type, true);
    });
    const twin = link(ready(module.foreseenExports, plan), targets, {
      m: pick(plan.memoryAt, values),
      x: values as unknown as WebAssembly.ModuleImports,
    });
    plan.at.forEach((at, forward) => {
      pair(
        values[at] as WasmFunction,
        twin[(head.exports[at] as Export).name] as unknown as WasmFunction,
        plan.index[forward] as number,
      );
    });
    return twin;
  }

  /** @param index what the engine names the function by: an import exported again has the one in its own module */
  function pair(real: WasmFunction, trampoline: WasmFunction, index: number): void {
    trampolineOf.set(real, trampoline);
    realOf.set(trampoline, real);
    const name = `${index}`;
    if (trampoline.name !== name)
      defineProperty(trampoline, 'name', {
        __proto__: null,
        value: name,
        configurable: true,
      } as PropertyDescriptor);
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
  function translating(
    target: WasmFunction,
    module: LoadedModule,
    head: Head,
    type: number,
    isExport: boolean,
  ): WasmFunction {
    const places = functionsOf(head, type, isExport);
    if (!places) return target;
    const { params, results } = places;
    const single = head.types[type]?.resultCount === 1;
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
      if (single) return take(result);
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
    if (!isExported(value)) return value;
    const origin = importOf.get(value);
    const index = origin ? origin.index : Number(value.name);
    const modules = origin
      ? [origin.module]
      : [...(from ? [from] : []), ...((table && holders.get(table)) ?? []), ...everyModule];
    for (const module of modules) {
      const made = make(module, index, value, !origin && isOwn(table, module));
      if (made) return made;
    }
    // The function stays what it is: the page loses nothing, and the session says what is missing.
    failed('functions out of tables', 'their module is unknown');
    trampolineOf.set(value, value);
    return value;
  }

  /**
   * Whether a function out of a table is known to be its one module's own: no other module shares the table, the
   * page has put nothing unknown into it, and no reference from elsewhere can have come in by a call.
   */
  function isOwn(table: WebAssembly.Table | null, module: LoadedModule): boolean {
    if (
      late ||
      !table ||
      mixed.has(table) ||
      holders.get(table)?.length !== 1 ||
      holders.get(table)?.[0] !== module
    )
      return false;
    module.takesReferences ??=
      module.head?.types.some((type) => type !== null && holdsReference(type)) ?? true;
    return !module.takesReferences;
  }

  /** A trampoline in front of a function that a module may have under this index; null: it is another module's. */
  function make(
    module: LoadedModule,
    index: number,
    real: WasmFunction,
    own: boolean,
  ): WasmFunction | null {
    const { head } = module;
    const type = head?.functions[index];
    const signature = type === undefined ? null : head?.types[type];
    if (!head || type === undefined || !signature || signature.paramCount !== real.length)
      return null;
    const made =
      (own && pool.take(head, type, real, functions.ownId(module, index))) ||
      lone(module, head, type, index, real);
    if (made) pair(real, made, index);
    return made;
  }

  function lone(
    module: LoadedModule,
    head: Head,
    type: number,
    index: number,
    real: WasmFunction,
  ): WasmFunction | null {
    const ofHead = getOrInsert(loneModules, head, () => new SafeMap());
    // Linking fails where the signature is another: then it is not this module's function, and it must have no id.
    const place = functions.trySlot(module, index);
    if (!place) return null;
    try {
      const compiled = getOrInsert(ofHead, type, () => compile(loneTrampoline(head, type)));
      const made = link(compiled, { __proto__: null, 0: real }, { g: { slot: place.slot } })[
        '0'
      ] as unknown as WasmFunction;
      place.keep();
      return made;
    } catch (error) {
      place.drop();
      if (error instanceof WebAssembly.LinkError) return null;
      throw error;
    }
  }

  function inward(value: unknown): unknown {
    if (!isFunction(value)) return value;
    const real = realOf.get(value);
    // Unknown: the page has it from elsewhere (a frame, the time before the agent), and is to get just this one back.
    if (!real && !trampolineOf.has(value)) trampolineOf.set(value, value);
    return real ?? value;
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

/**
 * Modules with so many exports get stubs, and are not prepared: whole trampolines take 0.5 µs more each to load, stubs
 * 10 to 20 ns more a call where many are called in turn.
 */
const MANY = 2000;

/** Values by their position among these, as a module imports them. */
function pick(at: readonly number[], values: readonly unknown[]): WebAssembly.ModuleImports {
  const picked: Record<string, unknown> = { __proto__: null };
  for (let place = 0; place < at.length; place++) picked[place] = values[at[place] as number];
  return picked as WebAssembly.ModuleImports;
}
