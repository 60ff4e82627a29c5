// Functions as the engine makes them from wasm.

export type WasmFunction = (...values: unknown[]) => unknown;

// Held before the agent patches it.
const toSource = Function.prototype.toString;
const { apply } = Reflect;
/** The engine names a function that comes from wasm by its index, which no script's function can have. */
const WASM_SOURCE = /^function \d+\(\)\s*\{\s*\[native code\]\s*\}$/;

export const isFunction = (value: unknown): value is WasmFunction => typeof value === 'function';

/** What the engine prints it as. */
export const sourceOf = (fn: WasmFunction): string => apply(toSource, fn, []);

/** Whether the engine made it from wasm: such a function has its index for a name, and is no JS function. */
export const isExported = (fn: WasmFunction): boolean => WASM_SOURCE.test(sourceOf(fn));
