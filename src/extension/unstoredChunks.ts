/** Text kept until it is acknowledged, characters: about ten minutes of a busy page. */
const MOST_CHARACTERS = 64 * 2 ** 20;

/** Chunks that the background has not yet acknowledged as stored. */
export interface UnstoredChunks {
  /** @returns the key by which the chunk is acknowledged */
  add(chunk: string): number;
  remove(key: number): void;
  clear(): void;
  isEmpty(): boolean;
  /** Oldest first. */
  all(): Iterable<[key: number, chunk: string]>;
}

/**
 * Keeps as much text as is allowed, and drops the oldest beyond that: the gap in the numbers of the
 * chunks then shows in the session.
 */
export function createUnstoredChunks(mostCharacters: number = MOST_CHARACTERS): UnstoredChunks {
  const chunks = new Map<number, string>();
  let characters = 0;
  let nextKey = 0;

  function remove(key: number): void {
    characters -= chunks.get(key)?.length ?? 0;
    chunks.delete(key);
  }

  return {
    add(chunk) {
      const key = nextKey;
      nextKey += 1;
      chunks.set(key, chunk);
      characters += chunk.length;
      for (const oldest of chunks.keys()) {
        if (characters <= mostCharacters) break;
        remove(oldest);
      }
      return key;
    },
    remove,
    clear() {
      chunks.clear();
      characters = 0;
    },
    isEmpty: () => chunks.size === 0,
    all: () => chunks,
  };
}
