import type { Head, Import } from '../../src/wasm/head.ts';
import { FUNCTION, MEMORY, TABLE } from '../../src/wasm/head.ts';
import type { LoadedModule, Trampolines } from '../modules/loadedModule.ts';
import type { BoundaryFunctions } from './boundaryFunctions.ts';
import type { Counters } from './counters.ts';
import type { MemoryCheck } from './kernel.ts';
import { NO_TRAMPOLINE, SUSPENDING, TRAMPOLINE } from './kernel.ts';
import { compile, link } from './link.ts';
import type { Memories } from './memories.ts';
import type { Pairs } from './pairs.ts';
import type { TableFunctions } from './tableFunctions.ts';
import { isMadeFor } from './trampolines.ts';
import { translating } from './translating.ts';
import type { WasmFunction } from './wasmFunction.ts';
import { isExported, isFunction } from './wasmFunction.ts';

/** Trampolines in front of the functions that a module imports. */
export interface ImportBoundary {
  /** Compiles what the module will most likely need. */
  prepare(module: LoadedModule, head: Head): void;
  /**
   * Returns values for a module's imports, in order, with trampolines in front of the page's
   * functions.
   */
  replace(module: LoadedModule, head: Head, values: readonly unknown[]): unknown[];
}

// Saved before the agent patches them.
const { Memory, Table } = WebAssembly;
const Suspending = (WebAssembly as { Suspending?: new (fn: WasmFunction) => object }).Suspending;

/** @param failed called with what could not be measured, and why */
export function createImportBoundary(
  counters: Counters,
  functions: BoundaryFunctions,
  memories: Memories,
  pairs: Pairs,
  tables: TableFunctions,
  failed: (what: string, reason: string) => void,
): ImportBoundary {
  /** The trampolines' module; null if no trampolines are needed. */
  function trampolines(
    module: LoadedModule,
    head: Head,
    targets: Uint8Array,
    checks: MemoryCheck[],
  ): Trampolines | null {
    const existing = module.importTrampolines;
    if (existing && isMadeFor(existing, targets, checks)) return existing;
    const slot = functions.importSlots(module);
    if (slot === null) return null;
    const bytes = counters.kernel().importTrampolines(head, targets, slot, checks);
    module.importTrampolines = { targets, checks, compiled: compile(bytes) };
    return module.importTrampolines;
  }

  /** The kind of trampoline that an imported function gets. */
  function targetOf(module: LoadedModule, value: unknown): number {
    if (!isFunction(value))
      return Suspending !== undefined && value instanceof Suspending ? SUSPENDING : NO_TRAMPOLINE;
    if (!isExported(value)) return TRAMPOLINE;
    // A wasm function is linked directly, as calling it is not a crossing. It belongs to another
    // module, but may later come out of a table of this one.
    if (!pairs.trampolineOf(value)) pairs.leave(value);
    if (pairs.trampolineOf(value) === value) module.takesReferences = true;
    return NO_TRAMPOLINE;
  }

  return {
    prepare(module, head) {
      if (head.importedFunctions === 0) return;
      const targets = new Uint8Array(head.importCount);
      const checks: MemoryCheck[] = [];
      const first = memories.count();
      for (let at = 0; at < head.importCount; at++) {
        const { kind } = head.imports[at] as Import;
        if (kind === FUNCTION) targets[at] = TRAMPOLINE;
        else if (kind === MEMORY)
          checks[checks.length] = { id: first + checks.length, index: checks.length };
      }
      trampolines(module, head, targets, checks);
    },
    replace(module, head, values) {
      tables.meet(module);
      const result: unknown[] = [];
      const targets = new Uint8Array(head.importCount);
      const checks: MemoryCheck[] = [];
      const checked: unknown[] = [];
      let memoryIndex = 0;
      let made = 0;
      for (let at = 0; at < head.importCount; at++) {
        const { kind, module: from, name, raw } = head.imports[at] as Import;
        const given = values[at];
        const value = isFunction(given) ? (pairs.realOf(given) ?? given) : given;
        result[at] = value;
        if (kind === FUNCTION) {
          const target = targetOf(module, value);
          targets[at] = target;
          if (target !== NO_TRAMPOLINE) made++;
        } else if (kind === TABLE) {
          if (value instanceof Table) tables.hold(value, module);
        } else if (kind === MEMORY) {
          const index = memoryIndex++;
          if (!(value instanceof Memory)) continue;
          const id = memories.meet(value, module.id, `${from}.${name}`, 'imported', raw);
          if (id === null || checks.some((check) => check.id === id)) continue;
          checks[checks.length] = { id, index };
          checked[checked.length] = value;
        }
      }
      if (made === 0) return result;
      try {
        const compiled = trampolines(module, head, targets, checks)?.compiled;
        if (!compiled) return result;
        put(
          module,
          head,
          targets,
          result,
          link(counters, compiled, { f: sources(module, head, result), m: checked }),
        );
      } catch (error) {
        failed(`imports of ${module.row.name}`, String(error));
      }
      return result;
    },
  };

  /** What the trampolines forward to, by position among the imports. */
  function sources(module: LoadedModule, head: Head, values: readonly unknown[]): unknown[] {
    if (!head.holdsReferences) return values as unknown[];
    const out = (value: unknown): unknown => {
      try {
        return tables.outward(value, null, module);
      } catch (error) {
        failed('functions passed by calls', String(error));
        return value;
      }
    };
    return values.map((value, at) => {
      const { kind, type } = head.imports[at] as Import;
      return kind === FUNCTION && isFunction(value)
        ? translating(value, head, type, false, out, pairs.inward)
        : value;
    });
  }

  /** Replaces the values by their trampolines. */
  function put(
    module: LoadedModule,
    head: Head,
    targets: Uint8Array,
    result: unknown[],
    made: WebAssembly.Exports,
  ): void {
    let index = 0;
    for (let at = 0; at < targets.length; at++) {
      if ((head.imports[at] as Import).kind !== FUNCTION) continue;
      if (targets[at] !== NO_TRAMPOLINE) {
        const trampoline = made[at] as unknown as WasmFunction;
        pairs.addImport(trampoline, module, index);
        result[at] = trampoline;
      }
      index++;
    }
  }
}
