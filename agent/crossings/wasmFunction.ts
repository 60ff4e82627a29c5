// Functions that the engine creates from wasm.

export type WasmFunction = (...values: unknown[]) => unknown;

// Saved before the agent patches it.
const toSource = Function.prototype.toString;
const { apply } = Reflect;
/**
 * The engine names a wasm function by its index, which a script's function cannot have as a name.
 */
const WASM_SOURCE = /^function \d+\(\)\s*\{\s*\[native code\]\s*\}$/;

export const isFunction = (value: unknown): value is WasmFunction => typeof value === 'function';

/** The text that the engine prints it as. */
export const sourceOf = (fn: WasmFunction): string => apply(toSource, fn, []);

/**
 * Whether the engine created it from wasm: its name is then its index, and it is not a JS function.
 */
export const isExported = (fn: WasmFunction): boolean => WASM_SOURCE.test(sourceOf(fn));
