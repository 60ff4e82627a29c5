import { SafeWeakMap } from './natives.ts';

/** Undoes a change; calling it again does nothing. */
export type Undo = () => void;

/** Combines undo functions of changes that do not depend on each other. */
export const together =
  (undos: readonly Undo[]): Undo =>
  () => {
    undos.forEach((undo) => {
      undo();
    });
  };

/** Replaces a native: calls it (once) when it chooses, and returns what the page is to get. */
export type Handler = (native: NativeFunction, self: unknown, args: unknown[]) => unknown;
export type ConstructHandler = (
  native: NativeConstructor,
  args: unknown[],
  newTarget: NativeConstructor,
) => object;
export type NativeFunction = (...args: never[]) => unknown;
export type NativeConstructor = new (...args: never[]) => object;

// Saved before any page script runs, because pages replace them.
const NativeProxy = Proxy;
const { apply, construct, defineProperty, getOwnPropertyDescriptor } = Reflect;
const nativeOf = new SafeWeakMap<object, object>();
const lookUp = (key: object): object => nativeOf.get(key) ?? key;
let textOf: (fn: object) => string | null = () => null;
/**
 * Appended to the key: the function that `toString` is called on is then a feature for the agent.
 */
const FEATURE = '+';

/** Set by the boundary: returns what a trampoline prints as, or null for any other function. */
export function showTrampolines(as: typeof textOf): void {
  textOf = as;
}

/** Calls a native with a given receiver. */
export const call = apply as unknown as (
  native: NativeFunction,
  self: unknown,
  args: ArrayLike<unknown>,
) => unknown;
export const make = construct as (
  native: NativeConstructor,
  args: ArrayLike<unknown>,
  newTarget: NativeConstructor,
) => object;

// Patched functions are proxies of the natives, so that name, length, own properties, the lack of a
// prototype and of [[Construct]], and errors for a wrong receiver remain the native's. Only
// Function.prototype.toString can distinguish a proxy from a function, and it is patched too
// (`patchToString`). A handler is itself the proxy's trap, so that the page's stack traces contain
// only one frame of the agent's.

/**
 * Puts a handler in front of a method and keeps its property descriptor.
 * @returns a function that restores the native, unless the page has replaced it since
 */
export function patchMethod(target: object, name: PropertyKey, handler: Handler): Undo {
  return replace(target, name, 'value', (native) =>
    proxyOf(native, { apply: handler } as ProxyHandler<object>),
  );
}

/** The same for the getter or setter of an accessor property. */
export function patchAccessor(
  target: object,
  name: PropertyKey,
  half: 'get' | 'set',
  handler: Handler,
): Undo {
  return replace(target, name, half, (native) =>
    proxyOf(native, { apply: handler } as ProxyHandler<object>),
  );
}

/**
 * The same for a constructor, including the prototype's `constructor`. Workers lack some of them.
 */
export function patchConstructor(
  target: object,
  name: PropertyKey,
  handler: ConstructHandler,
): Undo {
  const native = getOwnPropertyDescriptor(target, name)?.value as NativeConstructor | undefined;
  if (!native) return () => {};
  const proxy = proxyOf(native, { construct: handler } as ProxyHandler<object>);
  return together([
    replace(target, name, 'value', () => proxy),
    replace(native.prototype as object, 'constructor', 'value', () => proxy),
  ]);
}

/**
 * Makes `Function.prototype.toString` print every patched function, itself included, as its native.
 * @param key a call with this argument, which the native ignores, returns it; null if there is none
 * @param prototype that of this realm, or of a frame that its scripts access
 * @param onFeature receives what `offerFeature` offers
 */
export function patchToString(
  key: string | null,
  prototype: object = Function.prototype,
  onFeature?: (feature: unknown) => void,
): Undo {
  return patchMethod(prototype, 'toString', (native, self, args) => {
    if (key !== null && args.length > 0) {
      if (args[0] === key) return key;
      if (args[0] === key + FEATURE) return onFeature?.(self);
    }
    const shown = lookUp(self as object);
    return textOf(shown) ?? call(native, shown, args);
  });
}

/** Passes a hook to the agent already running in this realm; does nothing if there is none. */
export function offerFeature(key: string, feature: NativeFunction): void {
  apply(Function.prototype.toString, feature, [key + FEATURE]);
}

/** Returns a proxy of a native that passes every call to the handler. */
export function proxyOf<Native extends object>(
  native: Native,
  handler: ProxyHandler<object>,
): Native {
  const proxy = new NativeProxy(native, handler) as Native;
  nativeOf.set(proxy, native);
  return proxy;
}

function replace(
  target: object,
  name: PropertyKey,
  part: 'value' | 'get' | 'set',
  wrap: (native: object) => object,
): Undo {
  const descriptor = getOwnPropertyDescriptor(target, name);
  const native = descriptor?.[part] as object | undefined;
  if (!descriptor || typeof native !== 'function') return () => {};
  const patched = wrap(native);
  if (!defineProperty(target, name, { ...descriptor, [part]: patched })) return () => {};
  return () => {
    const current = getOwnPropertyDescriptor(target, name);
    if (current?.[part] === patched) defineProperty(target, name, { ...current, [part]: native });
  };
}
