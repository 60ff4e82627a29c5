import { TABLE } from '../../src/wasm/head.ts';
import type { LoadedModule } from '../modules/loadedModule.ts';
import type { BoundaryFunctions } from './boundaryFunctions.ts';
import type { Counters } from './counters.ts';
import { createExportBoundary } from './exportBoundary.ts';
import { createImportBoundary } from './importBoundary.ts';
import type { Memories } from './memories.ts';
import { createPairs } from './pairs.ts';
import { createTableFunctions } from './tableFunctions.ts';

/** Manages which trampolines stand in front of which functions, in both directions. */
export interface Boundary {
  /**
   * Prepares what a module will need when it is instantiated, as far as that can be foreseen. To be
   * called while the page waits for the engine to compile the module.
   */
  prepare(module: LoadedModule): void;
  /**
   * Returns values for a module's imports, in order, with trampolines in front of the page's
   * functions.
   */
  imports(module: LoadedModule, values: readonly unknown[]): readonly unknown[];
  /** Returns the object that replaces `instance.exports`. */
  exports(module: LoadedModule | undefined, real: WebAssembly.Exports): WebAssembly.Exports;
  /** Returns what the page gets for a function held by a table (or global). */
  outward(value: unknown, table: WebAssembly.Table | null): unknown;
  /** To be called with what the page puts into a table, as the page passed it. */
  putInto(table: WebAssembly.Table, value: unknown): void;
  /** Returns what the engine gets for a function of the page's. */
  inward(value: unknown): unknown;
  /**
   * Returns the text that a trampoline prints as: that of the function behind it. Null if not a
   * trampoline.
   */
  textOf(fn: object): string | null;
  /** Lists the functions of a module whose calls cannot be counted, with the reason. */
  unmeasured(module: LoadedModule, object: WebAssembly.Module, reason: string): void;
}

// Saved before the agent patches them.
const { exports: moduleExports, imports: moduleImports } = WebAssembly.Module;

/** Modules with this many exports are not prepared: the page may never read them. */
const MANY = 2000;

/**
 * @param late the agent started after scripts of the page: tables may already hold functions
 * @param failed called with what could not be measured, and why
 */
export function createBoundary(
  counters: Counters,
  functions: BoundaryFunctions,
  memories: Memories,
  late: boolean,
  failed: (what: string, reason: string) => void,
): Boundary {
  const pairs = createPairs();
  const tables = createTableFunctions(counters, functions, pairs, late, failed);
  const imported = createImportBoundary(counters, functions, memories, pairs, tables, failed);
  const exported = createExportBoundary(counters, functions, memories, pairs, tables, failed);

  return {
    prepare(module) {
      const { head } = module;
      if (!head || module.row.instantiateStart !== null || head.exportCount >= MANY) return;
      counters.imports();
      const firstMemory = memories.count();
      imported.prepare(module, head);
      exported.prepare(module, head, firstMemory);
      if (head.exportsOf(TABLE) > 0) tables.prepare(module);
    },
    imports: (module, values) =>
      module.head ? imported.replace(module, module.head, values) : values.map(pairs.inward),
    exports(module, real) {
      if (module?.head) return exported.replace(module, module.head, real);
      // The page has the real functions, so it must get the same ones out of tables.
      for (const name in real) pairs.inward(real[name]);
      return real;
    },
    outward: tables.outward,
    putInto: tables.putInto,
    inward: pairs.inward,
    textOf: pairs.textOf,
    unmeasured(module, object, reason) {
      if (module.listed) return;
      module.listed = true;
      for (const { kind, name } of moduleExports(object)) {
        if (kind === 'function') functions.unmeasured(module, 'export', name, reason);
      }
      for (const { kind, name, module: from } of moduleImports(object)) {
        if (kind === 'function') functions.unmeasured(module, 'import', `${from}.${name}`, reason);
      }
    },
  };
}
