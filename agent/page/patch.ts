import { SafeWeakMap } from './natives.ts';

/** Undoes what was done; harmless when called again. */
export type Undo = () => void;

/** Of things that do not build on each other. */
export const together =
  (undos: readonly Undo[]): Undo =>
  () => {
    undos.forEach((undo) => {
      undo();
    });
  };

/** Stands in for a native: calls it (once) as it sees fit and returns what the page is to get. */
export type Handler = (native: NativeFunction, self: unknown, args: unknown[]) => unknown;
export type ConstructHandler = (
  native: NativeConstructor,
  args: unknown[],
  newTarget: NativeConstructor,
) => object;
export type NativeFunction = (...args: never[]) => unknown;
export type NativeConstructor = new (...args: never[]) => object;

// Held before any page script runs, as pages replace them.
const NativeProxy = Proxy;
const { apply, construct, defineProperty, getOwnPropertyDescriptor } = Reflect;
const nativeOf = new SafeWeakMap<object, object>();
const lookUp = (key: object): object => nativeOf.get(key) ?? key;
let textOf: (fn: object) => string | null = () => null;
/** Behind the key: the function that `toString` is called on is a feature for the agent. */
const FEATURE = '+';

/** Told by the boundary: what a trampoline prints as; null for any other function. */
export function showTrampolines(as: typeof textOf): void {
  textOf = as;
}

/** Calls a native with a receiver. */
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

// Patched functions are proxies of the natives: name, length, the lack of a prototype and of [[Construct]],
// own properties and errors for a wrong receiver all stay the native's. Only Function.prototype.toString
// tells a proxy from a function, and that one is patched too (`patchToString`). A handler is the proxy's trap
// itself, so that the page finds one frame of the agent's in its stack traces, and no more.

/**
 * Puts a handler in front of a method, with the descriptor it has.
 * @returns what puts the native back, unless the page has put something of its own there since.
 */
export function patchMethod(target: object, name: PropertyKey, handler: Handler): Undo {
  return replace(target, name, 'value', (native) =>
    proxyOf(native, { apply: handler } as ProxyHandler<object>),
  );
}

/** The same for the getter or setter of an accessor. */
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

/** The same for a constructor; the prototype's `constructor` follows. Workers do not have all of them. */
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
 * @param key a call with this argument, which the native does not look at, gets it back; null: there is none
 * @param prototype of this realm, or of a frame that its scripts reach
 * @param onFeature gets what `offerFeature` offers
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

/** Gives a hook to the agent that runs in this realm already; nothing happens where there is none. */
export function offerFeature(key: string, feature: NativeFunction): void {
  apply(Function.prototype.toString, feature, [key + FEATURE]);
}

/** A native that is told of its calls. */
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
