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

/** Functions that are no exports: tables, globals, arguments and results hand them out. */
export interface TableFunctions {
  /** Notes that a table is one of the module's. */
  hold(table: WebAssembly.Table, module: LoadedModule): void;
  /** Notes a module of which functions may come. */
  meet(module: LoadedModule): void;
  /** Told what the page puts into a table, as it gave it. */
  putInto(table: WebAssembly.Table, value: unknown): void;
  /**
   * What the page gets for a function that a table (or global) holds.
   * @param from the module that hands it over itself
   */
  outward(value: unknown, table: WebAssembly.Table | null, from?: LoadedModule): unknown;
  /** Makes the first trampolines for a module whose table the page can reach. */
  prepare(module: LoadedModule): void;
}

const { LinkError } = WebAssembly;

/**
 * @param late the agent came after scripts of the page: tables may hold functions from before
 * @param failed told in words of what could not be measured, and why
 */
export function createTableFunctions(
  counters: Counters,
  functions: BoundaryFunctions,
  pairs: Pairs,
  late: boolean,
  failed: (what: string, reason: string) => void,
): TableFunctions {
  /** Tables into which the page has put functions that the agent does not know. */
  const mixed = new SafeWeakSet<WebAssembly.Table>();
  const holders = new SafeWeakMap<WebAssembly.Table, LoadedModule[]>();
  const everyModule: LoadedModule[] = [];
  const loneModules = new SafeWeakMap<Head, Map<number, WebAssembly.Module>>();
  const pool = createTrampolinePool(counters);

  /**
   * Whether a function out of a table is known to be its one module's own: no other module shares the table, the
   * page has put nothing unknown into it, and no reference from elsewhere can have come in by a call.
   */
  function isOwn(table: WebAssembly.Table | null, module: LoadedModule): boolean {
    if (late || !table || mixed.has(table)) return false;
    const modules = holders.get(table);
    if (modules?.length !== 1 || modules[0] !== module) return false;
    module.takesReferences ??= module.head?.holdsReferences ?? true;
    return !module.takesReferences;
  }

  /** A trampoline in front of a function that a module may have under this index; null: it is another module's. */
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
    // Linking fails where the signature is another: then it is not this module's function, and it must have no id.
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
    const known = ofHead.get(type);
    if (known) return known;
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
      const known = pairs.trampolineOf(value);
      if (known) return known;
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
      // The function stays what it is: the page loses nothing, and the session says what is missing.
      failed('functions out of tables', 'their module is unknown');
      pairs.leave(value);
      return value;
    },
    prepare(module) {
      if (module.head && !module.head.holdsReferences) pool.prepare(module.head);
    },
  };
}
