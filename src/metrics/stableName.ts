/**
 * A hash in a file's name, as bundlers put it there: eight or more hex digits with a digit in them.
 */
const HASH = /[-._](?=[0-9a-f]*\d)[0-9a-f]{8,64}(?=\.[^./]+$)/i;

/** A file's name as it stays from build to build: `app-3f9a12bc.wasm` is `app.wasm`. */
export const stableName = (name: string): string => name.replace(HASH, '');

/** wasm-bindgen ends the names of imports with a hash of its version and of the build. */
const IMPORT_HASH = /_[0-9a-f]{16}$/;

/**
 * A module's functions as they are called from build to build: `__wbg_now_e7c6795a7f81e10f` is
 * `__wbg_now`, unless another one would be called the same.
 * @returns by the full name
 */
export function stableFunctionNames(names: readonly string[]): Map<string, string> {
  const counts = new Map<string, number>();
  const stem = (name: string): string => name.replace(IMPORT_HASH, '');
  for (const name of new Set(names)) counts.set(stem(name), (counts.get(stem(name)) ?? 0) + 1);
  return new Map(names.map((name) => [name, counts.get(stem(name)) === 1 ? stem(name) : name]));
}
