import type { LoadedModule } from '../modules/loadedModule.ts';
import { SafeWeakMap } from '../page/natives.ts';
import type { WasmFunction } from './wasmFunction.ts';
import { isFunction, sourceOf } from './wasmFunction.ts';

/**
 * Maps trampolines to the real functions behind them, and back. The page gets trampolines, the
 * engine real functions. The maps keep nothing alive.
 */
export interface Pairs {
  /**
   * Returns the function itself if the page has it without a trampoline; undefined if not seen yet.
   */
  trampolineOf(real: WasmFunction): WasmFunction | undefined;
  /** Undefined if it is not a trampoline in front of a module's own function. */
  realOf(trampoline: WasmFunction): WasmFunction | undefined;
  /**
   * @param index the engine's name for the function; for a re-exported import, the index in its own
   *   module
   */
  pair(real: WasmFunction, trampoline: WasmFunction, index: number): void;
  /** The page has this function without a trampoline, and must always get this same one. */
  leave(real: WasmFunction): void;
  /** How often `pair` was called. */
  count(): number;
  /** Records a trampoline in front of an import and its place: it can end up in a table. */
  addImport(trampoline: WasmFunction, module: LoadedModule, index: number): void;
  importOf(fn: WasmFunction): { module: LoadedModule; index: number } | undefined;
  /** Returns what the engine gets for a function of the page's. */
  inward(value: unknown): unknown;
  /**
   * Returns the text that a trampoline prints as: that of the function behind it. Null if not a
   * trampoline.
   */
  textOf(fn: object): string | null;
}

const { defineProperty } = Reflect;

export function createPairs(): Pairs {
  const trampolines = new SafeWeakMap<object, WasmFunction>();
  const reals = new SafeWeakMap<object, WasmFunction>();
  const imports = new SafeWeakMap<object, { module: LoadedModule; index: number }>();
  let count = 0;
  return {
    trampolineOf: (real) => trampolines.get(real),
    realOf: (trampoline) => reals.get(trampoline),
    pair(real, trampoline, index) {
      count++;
      trampolines.set(real, trampoline);
      reals.set(trampoline, real);
      const name = `${index}`;
      if (trampoline.name === name) return;
      const descriptor = { __proto__: null, value: name, configurable: true };
      defineProperty(trampoline, 'name', descriptor as PropertyDescriptor);
    },
    leave(real) {
      trampolines.set(real, real);
    },
    count: () => count,
    addImport(trampoline, module, index) {
      imports.set(trampoline, { module, index });
    },
    importOf: (fn) => imports.get(fn),
    inward(value) {
      if (!isFunction(value)) return value;
      const real = reals.get(value);
      if (real) return real;
      // The page has it from elsewhere (a frame, or before the agent) and must get this same one
      // back.
      if (!trampolines.has(value)) trampolines.set(value, value);
      return value;
    },
    textOf(fn) {
      const real = reals.get(fn);
      if (!real) return null;
      const origin = imports.get(real);
      return origin ? `function ${origin.index}() { [native code] }` : sourceOf(real);
    },
  };
}
