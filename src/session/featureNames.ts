/**
 * Features that LLVM's target_features section names differently from webassembly.org/features.
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
