import { makeSafe } from '../../src/wasm/safeCollections.ts';

export { getOrInsert, SafeMap, SafeSet } from '../../src/wasm/safeCollections.ts';

// What the agent uses of the language after the page's first script has run, held before it: pages replace
// built-ins, wrap them to watch, or break them, and neither side may meet the other.

const { apply, getOwnPropertyDescriptor } = Reflect;

export const SafeWeakMap = makeSafe(WeakMap);
export const SafeWeakSet = makeSafe(WeakSet);
export const SafeWeakRef = makeSafe(WeakRef);

const then = Promise.prototype.then as unknown as (...args: unknown[]) => unknown;

/**
 * Learns how a promise settles, without anything of it for the page to see: its own reactions run when they
 * would have run. But the promise counts as handled from here on, so that `unhandledrejection` is not fired for it.
 */
export function watch<Value>(
  promise: Promise<Value>,
  done: (value: Value) => void,
  failed: (reason: unknown) => void,
): void {
  apply(then, promise, [done, failed]);
}

/** The getter of an accessor property, as a function of the object. */
export function getterOf<Holder extends object, Name extends keyof Holder>(
  type: { prototype: Holder },
  name: Name,
): (holder: Holder) => Holder[Name] {
  const get = getOwnPropertyDescriptor(type.prototype, name)?.get as () => Holder[Name];
  return (holder) => apply(get, holder, []);
}

/** The engine's own, for instances of the agent's. */
export const exportsOf = getterOf(WebAssembly.Instance, 'exports');

/** Value of an own data property; undefined where there is a getter, as that would be run twice. */
export function plainOption(options: unknown, name: string): unknown {
  return typeof options === 'object' && options !== null
    ? getOwnPropertyDescriptor(options, name)?.value
    : undefined;
}

export const isObject = (value: unknown): value is object =>
  (typeof value === 'object' && value !== null) || typeof value === 'function';
