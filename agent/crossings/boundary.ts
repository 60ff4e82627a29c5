import { TABLE } from '../../src/wasm/head.ts';
import type { LoadedModule } from '../modules/loadedModule.ts';
import type { BoundaryFunctions } from './boundaryFunctions.ts';
import type { Counters } from './counters.ts';
import { createExportBoundary } from './exportBoundary.ts';
import { createImportBoundary } from './importBoundary.ts';
import type { Memories } from './memories.ts';
import { createPairs } from './pairs.ts';
import { createTableFunctions } from './tableFunctions.ts';

/** The boundary of each instance: which trampolines stand in front of which functions, both ways. */
export interface Boundary {
  /**
   * Makes ready what a module will need when it is instantiated, as far as that can be foreseen: for a moment in
   * which the page waits for the engine to compile it.
   */
  prepare(module: LoadedModule): void;
  /** Values for a module's imports, in their order, with trampolines in front of the page's functions. */
  imports(module: LoadedModule, values: readonly unknown[]): readonly unknown[];
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
const { exports: moduleExports, imports: moduleImports } = WebAssembly.Module;

/** Modules with so many exports are not prepared: the page may never read them. */
const MANY = 2000;

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
      // The page has the real functions: that is what it is to get out of tables as well.
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
