/** Collects bytes that arrive in chunks. */
export interface GatheredBytes {
  add(chunk: Uint8Array): void;
  /** All bytes so far, without copying them: valid until the next chunk is added. */
  all(): Uint8Array;
}

// Saved before the page replaces them.
const Bytes = Uint8Array;
const { set } = Object.getPrototypeOf(Uint8Array.prototype) as Uint8Array;
const { apply } = Reflect;

/** Does not copy the first chunk, because most heads fit into it. */
export function createGatheredBytes(): GatheredBytes {
  let bytes: Uint8Array = new Bytes(0);
  let length = 0;
  return {
    add(chunk) {
      const end = length + chunk.length;
      if (length === 0) bytes = chunk;
      else {
        if (end > bytes.length) {
          const larger = new Bytes(2 * end);
          apply(set, larger, [new Bytes(bytes.buffer, bytes.byteOffset, length)]);
          bytes = larger;
        }
        apply(set, bytes, [chunk, length]);
      }
      length = end;
    },
    all: () => new Bytes(bytes.buffer, bytes.byteOffset, length),
  };
}
