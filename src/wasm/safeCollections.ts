// Collections for code that runs in a page after its scripts: pages replace the built-ins' methods, wrap them to
// watch, or break them.

const { defineProperty, getOwnPropertyDescriptor, getPrototypeOf, setPrototypeOf } = Reflect;
/** What the agent uses of collections: copying all of it takes twice as long, in every page. */
const METHODS = ['add', 'clear', 'delete', 'deref', 'forEach', 'get', 'has', 'set', 'size'];

/** A collection whose instances find the methods of today, whatever the page does to the prototype later. */
export function makeSafe<Type extends new (...args: never[]) => object>(type: Type): Type {
  const copy = class extends (type as unknown as new () => object) {};
  for (const name of METHODS) {
    // The page may have put a subclass in the built-in's place already: its methods are further up.
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

/** As the built-ins; to be made empty and gone through with `forEach`, as iterators' `next` is the page's to change. */
export const SafeMap = makeSafe(Map);
export const SafeSet = makeSafe(Set);

/** The value of a key; made and kept where there is none yet. */
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
