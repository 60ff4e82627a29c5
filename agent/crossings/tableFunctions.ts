import type { Head } from '../../src/wasm/head.ts';
import type { LoadedModule } from '../modules/loadedModule.ts';
import { SafeMap, SafeWeakMap, SafeWeakSet } from '../page/natives.ts';
import type { BoundaryFunctions } from './boundaryFunctions.ts';
import type { Counters } from './counters.ts';
import { compile, link } from './link.ts';
import type { Pairs } from './pairs.ts';
import { createTrampolinePool } from './trampolinePool.ts';
import type { WasmFunction } from './wasmFunction.ts';
import { isExported, isFunction } from './wasmFunction.ts';

/**
 * Functions that reach the page other than as exports: from tables, globals, arguments and results.
 */
export interface TableFunctions {
  /** Records that a module uses this table. */
  hold(table: WebAssembly.Table, module: LoadedModule): void;
  /** Records a module whose functions may appear. */
  meet(module: LoadedModule): void;
  /** To be called with what the page puts into a table, as the page passed it. */
  putInto(table: WebAssembly.Table, value: unknown): void;
  /**
   * Returns what the page gets for a function held by a table (or global).
   * @param from the module, if the module itself passes the function to the page
   */
  outward(value: unknown, table: WebAssembly.Table | null, from?: LoadedModule): unknown;
  /** Makes the first trampolines for a module whose table the page can access. */
  prepare(module: LoadedModule): void;
}

const { LinkError } = WebAssembly;

/**
 * @param late the agent started after scripts of the page: tables may already hold functions
 * @param failed called with what could not be measured, and why
 */
export function createTableFunctions(
  counters: Counters,
  functions: BoundaryFunctions,
  pairs: Pairs,
  late: boolean,
  failed: (what: string, reason: string) => void,
): TableFunctions {
  /** Tables into which the page has put functions that the agent has not seen. */
  const mixed = new SafeWeakSet<WebAssembly.Table>();
  const holders = new SafeWeakMap<WebAssembly.Table, LoadedModule[]>();
  const everyModule: LoadedModule[] = [];
  const loneModules = new SafeWeakMap<Head, Map<number, WebAssembly.Module>>();
  const pool = createTrampolinePool(counters);

  /**
   * Whether a function from a table certainly belongs to the table's only module: no other module
   * shares the table, the page has put no unknown function into it, and no call can have passed in
   * a foreign reference.
   */
  function isOwn(table: WebAssembly.Table | null, module: LoadedModule): boolean {
    if (late || !table || mixed.has(table)) return false;
    const modules = holders.get(table);
    if (modules?.length !== 1 || modules[0] !== module) return false;
    module.takesReferences ??= module.head?.holdsReferences ?? true;
    return !module.takesReferences;
  }

  /**
   * Makes a trampoline for a function that may be the one with this index in the module; null if it
   * belongs to another module.
   */
  function make(
    module: LoadedModule,
    index: number,
    real: WasmFunction,
    isModules: boolean,
  ): WasmFunction | null {
    const { head } = module;
    const type = head?.functions[index];
    if (!head || type === undefined || head.type(type)?.paramCount !== real.length) return null;
    const made =
      (isModules && fromPool(module, head, type, index, real)) ||
      lone(module, head, type, index, real);
    if (made) pairs.pair(real, made, index);
    return made;
  }

  function fromPool(
    module: LoadedModule,
    head: Head,
    type: number,
    index: number,
    real: WasmFunction,
  ): WasmFunction | null {
    const taken = pool.take(head, type, real);
    if (!taken) return null;
    functions.setSlot(functions.ownId(module, index), taken.slot);
    return taken.trampoline;
  }

  function lone(
    module: LoadedModule,
    head: Head,
    type: number,
    index: number,
    real: WasmFunction,
  ): WasmFunction | null {
    // Linking fails if the signature differs. The function is then not this module's and must not
    // get an id.
    const place = functions.trySlot(module, index);
    if (!place) return null;
    try {
      const compiled = loneModule(head, type);
      const made = link(counters, compiled, { f: { __proto__: null, 0: real, s: place.slot } });
      place.keep();
      return made['0'] as unknown as WasmFunction;
    } catch (error) {
      place.drop();
      if (error instanceof LinkError) return null;
      throw error;
    }
  }

  function loneModule(head: Head, type: number): WebAssembly.Module {
    let ofHead = loneModules.get(head);
    if (!ofHead) {
      ofHead = new SafeMap();
      loneModules.set(head, ofHead);
    }
    const existing = ofHead.get(type);
    if (existing) return existing;
    const compiled = compile(counters.kernel().loneTrampoline(head, type));
    ofHead.set(type, compiled);
    return compiled;
  }

  return {
    hold(table, module) {
      const modules = holders.get(table);
      if (!modules) holders.set(table, [module]);
      else if (!modules.includes(module)) modules.push(module);
    },
    meet(module) {
      if (!everyModule.includes(module)) everyModule.push(module);
    },
    putInto(table, value) {
      if (isFunction(value) && !pairs.realOf(value)) mixed.add(table);
    },
    outward(value, table, from) {
      if (!isFunction(value) || pairs.realOf(value)) return value;
      const existing = pairs.trampolineOf(value);
      if (existing) return existing;
      if (!isExported(value)) return value;
      const origin = pairs.importOf(value);
      const index = origin ? origin.index : Number(value.name);
      const modules = origin
        ? [origin.module]
        : [...(from ? [from] : []), ...((table && holders.get(table)) ?? []), ...everyModule];
      for (const module of modules) {
        const made = make(module, index, value, !origin && isOwn(table, module));
        if (made) return made;
      }
      // The function is passed on as it is: the page loses nothing, and the session reports what is
      // missing.
      failed('functions from tables', 'their module is unknown');
      pairs.leave(value);
      return value;
    },
    prepare(module) {
      if (module.head && !module.head.holdsReferences) pool.prepare(module.head);
    },
  };
}
