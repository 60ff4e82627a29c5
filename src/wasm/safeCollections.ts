// Collections for code that runs in a page after the page's scripts, which may replace, wrap or
// break the methods of the built-ins.

const { defineProperty, getOwnPropertyDescriptor, getPrototypeOf, setPrototypeOf } = Reflect;
/**
 * The collection methods that the agent uses: copying all of them would take twice as long, in
 * every page.
 */
const METHODS = ['add', 'clear', 'delete', 'deref', 'forEach', 'get', 'has', 'set', 'size'];

/**
 * Returns a collection class whose instances keep today's methods, whatever the page does to the
 * prototype later.
 */
export function makeSafe<Type extends new (...args: never[]) => object>(type: Type): Type {
  const copy = class extends (type as unknown as new () => object) {};
  for (const name of METHODS) {
    // The page may already have replaced the built-in by a subclass: its methods are further up.
    for (
      let from: object | null = type.prototype as object;
      from && from !== Object.prototype;
      from = getPrototypeOf(from)
    ) {
      const descriptor = getOwnPropertyDescriptor(from, name);
      if (!descriptor) continue;
      defineProperty(copy.prototype, name, descriptor);
      break;
    }
  }
  setPrototypeOf(copy.prototype, null);
  return copy as unknown as Type;
}

/**
 * Same as the built-ins. Create them empty and iterate with `forEach`, because the page can replace
 * the `next` of iterators.
 */
export const SafeMap = makeSafe(Map);
export const SafeSet = makeSafe(Set);

/** Returns the value of a key, and creates it if missing. */
export function getOrInsert<Key, Value>(
  map: { get(key: Key): Value | undefined; set(key: Key, value: Value): unknown },
  key: Key,
  make: (key: Key) => Value,
): Value {
  let value = map.get(key);
  if (value === undefined) {
    value = make(key);
    map.set(key, value);
  }
  return value;
}
