import { OwnWeakMap } from './natives.ts';

/** Undoes what was done; harmless when called again. */
export type Undo = () => void;

/** Stands in for a native: calls it (once) as it sees fit and returns what the page is to get. */
export type Handler = (native: NativeFunction, self: unknown, args: unknown[]) => unknown;
export type ConstructHandler = (native: NativeConstructor, args: unknown[], newTarget: NativeConstructor) => object;
export type NativeFunction = (...args: never[]) => unknown;
export type NativeConstructor = new (...args: never[]) => object;

// Held before any page script runs, as pages replace them.
const { apply, construct, defineProperty, getOwnPropertyDescriptor } = Reflect;
const nativeOf = new OwnWeakMap<object, object>();
const lookUp = (key: object): object | undefined => nativeOf.get(key);
const remember = (key: object, value: object): unknown => nativeOf.set(key, value);
let textOf: (fn: object) => string | null = () => null;

/** Told by the border: what a trampoline prints as; null for any other function. */
export function showTrampolines(as: typeof textOf): void {
  textOf = as;
}

/** Calls a native with a receiver. */
export const call = (native: NativeFunction, self: unknown, args: ArrayLike<unknown>): unknown =>
  apply(native as (...args: unknown[]) => unknown, self, args);

export const make = (native: NativeConstructor, args: ArrayLike<unknown>, newTarget: NativeConstructor): object =>
  construct(native, args, newTarget) as object;

// Patched functions are proxies of the natives: name, length, the lack of a prototype and of [[Construct]],
// own properties and errors for a wrong receiver all stay the native's. Only Function.prototype.toString
// tells a proxy from a function, and that one is patched too (`patchToString`).

/**
 * Puts a handler in front of a method, with the descriptor it has.
 * @returns what puts the native back, unless the page has put something of its own there since.
 */
export function patchMethod(target: object, name: PropertyKey, handler: Handler): Undo {
  return replace(target, name, 'value', (native) => proxyOf(native as NativeFunction, handler));
}

/** The same for the getter or setter of an accessor. */
export function patchAccessor(target: object, name: PropertyKey, half: 'get' | 'set', handler: Handler): Undo {
  return replace(target, name, half, (native) => proxyOf(native as NativeFunction, handler));
}

/** The same for a constructor; the prototype's `constructor` follows. */
export function patchConstructor(target: object, name: PropertyKey, handler: ConstructHandler): Undo {
  let undoPrototype: Undo = () => {};
  const undo = replace(target, name, 'value', (value) => {
    const native = value as NativeConstructor;
    const proxy: NativeConstructor = new Proxy(native, {
      construct: (_, args, newTarget) => handler(native, args, (newTarget === proxy ? native : newTarget) as NativeConstructor),
    });
    remember(proxy, native);
    undoPrototype = replace(native.prototype as object, 'constructor', 'value', () => proxy);
    return proxy;
  });
  return () => {
    undo();
    undoPrototype();
  };
}

/**
 * Makes `Function.prototype.toString` print every patched function, itself included, as its native.
 * @param key a call with this argument, which the native does not look at, gets it back; null: there is none
 * @param prototype of this realm, or of a frame that its scripts reach
 */
export function patchToString(key: string | null, prototype: object = Function.prototype): Undo {
  return patchMethod(prototype, 'toString', (native, self, args) => {
    if (key !== null && args.length > 0 && args[0] === key) return key;
    if (typeof self !== 'function') return call(native, self, args);
    return textOf(self) ?? call(native, lookUp(self) ?? self, args);
  });
}

function proxyOf(native: NativeFunction, handler: Handler): NativeFunction {
  const proxy = new Proxy(native, { apply: (_, self, args) => handler(native, self, args) });
  remember(proxy, native);
  return proxy;
}

function replace(target: object, name: PropertyKey, part: 'value' | 'get' | 'set', wrap: (native: object) => object): Undo {
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
