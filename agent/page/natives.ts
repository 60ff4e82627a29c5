import { makeSafe } from '../../src/wasm/safeCollections.ts';

export { getOrInsert, SafeMap, SafeSet } from '../../src/wasm/safeCollections.ts';

// Built-ins that the agent uses after the page's first script has run, saved before that. Pages
// replace, wrap or break built-ins; the agent must not be affected, and the page must not notice
// the agent.

const { apply, getOwnPropertyDescriptor } = Reflect;

export const SafeWeakMap = makeSafe(WeakMap);
export const SafeWeakSet = makeSafe(WeakSet);
export const SafeWeakRef = makeSafe(WeakRef);

const then = Promise.prototype.then as unknown as (...args: unknown[]) => unknown;

/**
 * Observes how a promise settles, invisibly to the page: the page's own reactions run when they
 * would have run anyway. However, the promise counts as handled from now on, so that
 * `unhandledrejection` does not fire for it.
 */
export function watch<Value>(
  promise: Promise<Value>,
  done: (value: Value) => void,
  failed: (reason: unknown) => void,
): void {
  apply(then, promise, [done, failed]);
}

/** Returns the getter of an accessor property as a function of the object. */
export function getterOf<Holder extends object, Name extends keyof Holder>(
  type: { prototype: Holder },
  name: Name,
): (holder: Holder) => Holder[Name] {
  const get = getOwnPropertyDescriptor(type.prototype, name)?.get as () => Holder[Name];
  return (holder) => apply(get, holder, []);
}

/** The engine's own getter, for the agent's instances. */
export const exportsOf = getterOf(WebAssembly.Instance, 'exports');

/** The value of an own data property; undefined for a getter, because it would then run twice. */
export function plainOption(options: unknown, name: string): unknown {
  return typeof options === 'object' && options !== null
    ? getOwnPropertyDescriptor(options, name)?.value
    : undefined;
}

export const isObject = (value: unknown): value is object =>
  (typeof value === 'object' && value !== null) || typeof value === 'function';
