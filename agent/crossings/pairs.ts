import type { LoadedModule } from '../modules/loadedModule.ts';
import { SafeWeakMap } from '../page/natives.ts';
import type { WasmFunction } from './wasmFunction.ts';
import { isFunction, sourceOf } from './wasmFunction.ts';

/**
 * Which trampoline stands in front of which function of the engine's, both ways: the page meets trampolines, the engine
 * real functions. Nothing is kept alive by it.
 */
export interface Pairs {
  /** A function that the page has as it is, is its own trampoline. Undefined: not met yet. */
  trampolineOf(real: WasmFunction): WasmFunction | undefined;
  /** Undefined: no trampoline in front of an own function. */
  realOf(trampoline: WasmFunction): WasmFunction | undefined;
  /** @param index what the engine names the function by: an import exported again has the one in its own module */
  pair(real: WasmFunction, trampoline: WasmFunction, index: number): void;
  /** The page has this function as it is, and is to get just this one back. */
  leave(real: WasmFunction): void;
  /** How often `pair` was called. */
  count(): number;
  /** Notes a trampoline in front of an import: a table can hold it, and it knows where it belongs. */
  addImport(trampoline: WasmFunction, module: LoadedModule, index: number): void;
  importOf(fn: WasmFunction): { module: LoadedModule; index: number } | undefined;
  /** What the engine gets for a function of the page's. */
  inward(value: unknown): unknown;
  /** What a trampoline prints as: the function behind it. Null: no trampoline. */
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
      // The page has it from elsewhere (a frame, the time before the agent), and is to get just this one back.
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
