import type { Export, Head } from '../../src/wasm/head.ts';
import { FUNCTION, MEMORY, TABLE } from '../../src/wasm/head.ts';
import type { LoadedModule, Trampolines } from '../modules/loadedModule.ts';
import type { BoundaryFunctions } from './boundaryFunctions.ts';
import type { Counters } from './counters.ts';
import type { MemoryCheck, TwinPlan } from './kernel.ts';
import { NO_TRAMPOLINE, REPLACED, TRAMPOLINE } from './kernel.ts';
import { compile, link } from './link.ts';
import type { Memories } from './memories.ts';
import type { Pairs } from './pairs.ts';
import type { TableFunctions } from './tableFunctions.ts';
import { isMadeFor } from './trampolines.ts';
import { functionsOf, translating } from './translating.ts';
import type { WasmFunction } from './wasmFunction.ts';

/** Trampolines in front of the functions that an instance exports. */
export interface ExportBoundary {
  /** Compiles what the module will most likely need. */
  prepare(module: LoadedModule, head: Head, firstMemory: number): void;
  /**
   * Returns the object that replaces `instance.exports`: the exports of a second module, the twin.
   */
  replace(module: LoadedModule, head: Head, real: WebAssembly.Exports): WebAssembly.Exports;
}

/**
 * Modules with this many exports get stubs. Each full trampoline takes 0.5 µs longer to load, while
 * a stub takes 10 to 20 ns longer per call when many are called in turn. Besides, the engine may
 * refuse a module with that many full trampolines on the main thread (8 MB limit).
 */
const MANY = 2000;

// Saved before the agent patches it.
const { Table } = WebAssembly;
const setEntry = Table.prototype.set;
const { apply } = Reflect;

/** The table of real functions that stubs forward to. */
function tableOf(
  { exports }: Head,
  real: WebAssembly.Exports,
  targets: ArrayLike<number>,
  positions: Int32Array,
): WebAssembly.Table {
  const table = new Table({ element: 'anyfunc', initial: positions.length });
  for (let at = 0; at < positions.length; at++) {
    const position = positions[at] as number;
    if (targets[position] === TRAMPOLINE)
      apply(setEntry, table, [at, real[(exports[position] as Export).name]]);
  }
  return table;
}

interface Checked {
  checks: MemoryCheck[];
  /** The memories, in the order of the checks. */
  objects: unknown[];
}

/** @param failed called with what could not be measured, and why */
export function createExportBoundary(
  counters: Counters,
  functions: BoundaryFunctions,
  memories: Memories,
  pairs: Pairs,
  tables: TableFunctions,
  failed: (what: string, reason: string) => void,
): ExportBoundary {
  /** @param change adapts the plan to this instance */
  function trampolines(
    module: LoadedModule,
    head: Head,
    checks: MemoryCheck[],
    change: (plan: TwinPlan) => void,
  ): Trampolines {
    const kernel = counters.kernel();
    const count = kernel.planTwin(head, module.exportSlot ?? 0, checks).forwards.length;
    const isNew = module.exportSlot === undefined;
    const slot = functions.exportSlots(module, count);
    // Without slots, no export gets a trampoline.
    const plan = kernel.planTwin(head, slot ?? 0, checks);
    if (slot === null) plan.targets.fill(NO_TRAMPOLINE);
    if (isNew) {
      const indices = new Int32Array(plan.forwards);
      for (let at = 0; at < indices.length; at++)
        indices[at] = head.exportIndex(indices[at] as number);
      functions.nameExports(module, (at) => indices[at] as number);
    }
    change(plan);
    const targets = new Uint8Array(plan.targets);
    const existing = module.exportTrampolines;
    if (existing && isMadeFor(existing, targets, checks)) return existing;
    const stubs = head.exportCount >= MANY ? new Int32Array(plan.forwards) : null;
    const compiled = compile(kernel.writeTwin(stubs !== null));
    module.exportTrampolines = { targets, checks, compiled, stubs };
    return module.exportTrampolines;
  }

  /**
   * Marks exports that forward to something other than the real function, or that need no
   * trampoline.
   */
  function change(
    { targets, slots }: TwinPlan,
    module: LoadedModule,
    head: Head,
    real: WebAssembly.Exports | null,
    anyMet: boolean,
  ): void {
    for (let at = 0; at < head.exportCount; at++) {
      if (head.exportKind(at) !== FUNCTION || targets[at] === NO_TRAMPOLINE) continue;
      const index = head.exportIndex(at);
      const isImport = index < head.importedFunctions;
      if (real && (anyMet || isImport)) {
        const fn = real[(head.exports[at] as Export).name] as unknown as WasmFunction;
        if (pairs.realOf(fn) || pairs.trampolineOf(fn)) {
          targets[at] = NO_TRAMPOLINE;
          continue;
        }
        slots[at] = functions.ownSlot(module, index) ?? (slots[at] as number);
      }
      if (head.holdsReferences && functionsOf(head, head.functions[index] as number, true))
        targets[at] = TRAMPOLINE | REPLACED;
    }
  }

  function meetMemories(module: LoadedModule, head: Head, real: WebAssembly.Exports): Checked {
    const checked: Checked = { checks: [], objects: [] };
    for (let at = 0; at < head.exportCount; at++) {
      const kind = head.exportKind(at);
      if (kind !== MEMORY && kind !== TABLE) continue;
      const { name, index } = head.exports[at] as Export;
      if (kind === TABLE) {
        tables.hold(real[name] as WebAssembly.Table, module);
        continue;
      }
      const memory = real[name] as WebAssembly.Memory;
      const id = memories.meet(memory, module.id, name, 'defined', head.raw(MEMORY, index));
      if (id === null || checked.checks.some((check) => check.id === id)) continue;
      checked.checks[checked.checks.length] = { id, index };
      checked.objects[checked.objects.length] = memory;
    }
    return checked;
  }

  /** Imports by position: functions without a trampoline, and closures that exchange functions. */
  function replaced(
    module: LoadedModule,
    head: Head,
    real: WebAssembly.Exports,
    targets: ArrayLike<number>,
  ): Record<number, unknown> {
    const others: Record<number, unknown> = { __proto__: null } as Record<number, unknown>;
    const out = (value: unknown): unknown => {
      try {
        return tables.outward(value, null, module);
      } catch (error) {
        failed('functions passed by calls', String(error));
        return value;
      }
    };
    for (let at = 0; at < targets.length; at++) {
      if (targets[at] === TRAMPOLINE || head.exportKind(at) !== FUNCTION) continue;
      const { name, index } = head.exports[at] as Export;
      const fn = real[name] as unknown as WasmFunction;
      const type = head.functions[index] as number;
      others[at] =
        targets[at] === NO_TRAMPOLINE
          ? (pairs.trampolineOf(fn) ?? fn)
          : translating(fn, head, type, true, pairs.inward, out);
    }
    return others;
  }

  return {
    prepare(module, head, firstMemory) {
      if (head.exportsOf(FUNCTION) === 0) return;
      const imported = head.importedMemories;
      const checks: MemoryCheck[] = [];
      let next = firstMemory + imported;
      for (let at = 0; at < head.exportCount; at++) {
        if (head.exportKind(at) !== MEMORY) continue;
        const index = head.exportIndex(at);
        const id = index < imported ? firstMemory + index : next++;
        checks[checks.length] = { id, index };
      }
      trampolines(module, head, checks, (plan) => {
        if (head.holdsReferences) change(plan, module, head, null, false);
      });
    },
    replace(module, head, real) {
      tables.meet(module);
      // No exported functions, and no imports that the page has elsewhere as trampolines.
      if (head.exportsOf(FUNCTION) === 0) return real;
      const { checks, objects } = meetMemories(module, head, real);
      const anyMet = pairs.count() > 0;
      const looks = anyMet || head.importedFunctions > 0 || head.holdsReferences;
      const { compiled, targets, stubs } = trampolines(module, head, checks, (plan) => {
        if (looks) change(plan, module, head, real, anyMet);
      });
      const t = looks ? replaced(module, head, real, targets) : {};
      const s = stubs ? { t: tableOf(head, real, targets, stubs) } : {};
      const twin = link(counters, compiled, { f: real, t, m: objects, s });
      for (let at = 0; at < head.exportCount; at++) {
        if (targets[at] === NO_TRAMPOLINE) continue;
        const { name, index } = head.exports[at] as Export;
        const fn = real[name] as unknown as WasmFunction;
        if (!pairs.trampolineOf(fn)) pairs.pair(fn, twin[name] as unknown as WasmFunction, index);
      }
      return twin;
    },
  };
}
