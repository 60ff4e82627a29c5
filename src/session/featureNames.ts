/**
 * Where LLVM's target_features have another name than webassembly.org/features, or one that says
 * less.
 */
const STANDARD: ReadonlyMap<string, string> = new Map([
  ['simd128', 'simd'],
  ['atomics', 'threads'],
  ['exception-handling', 'exceptions'],
  ['multivalue', 'multi-value'],
  ['sign-ext', 'sign-extension'],
  ['tail-call', 'tail-calls'],
  ['multimemory', 'multi-memory'],
]);

/** The standard names of the proposals that an agent reports, sorted, each once. */
export const featureNames = (reported: readonly string[]): string[] =>
  [...new Set(reported.map((name) => STANDARD.get(name) ?? name))].sort();
