/**
 * A hash that bundlers put into a file's name: eight or more hex digits, at least one of them 0–9.
 */
const HASH = /[-._](?=[0-9a-f]*\d)[0-9a-f]{8,64}(?=\.[^./]+$)/i;

/** A file's name that is the same in every build: `app-3f9a12bc.wasm` becomes `app.wasm`. */
export const stableName = (name: string): string => name.replace(HASH, '');

/** wasm-bindgen appends a hash of its version and the build to the names of imports. */
const IMPORT_HASH = /_[0-9a-f]{16}$/;

/**
 * Names of a module's functions that are the same in every build: `__wbg_now_e7c6795a7f81e10f`
 * becomes `__wbg_now`, unless another function would get the same name.
 * @returns by the full name
 */
export function stableFunctionNames(names: readonly string[]): Map<string, string> {
  const counts = new Map<string, number>();
  const stem = (name: string): string => name.replace(IMPORT_HASH, '');
  for (const name of new Set(names)) counts.set(stem(name), (counts.get(stem(name)) ?? 0) + 1);
  return new Map(names.map((name) => [name, counts.get(stem(name)) === 1 ? stem(name) : name]));
}
