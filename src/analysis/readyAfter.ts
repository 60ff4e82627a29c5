import type { Module } from '../session/model.ts';

/** How long it took from the start of a module's request, or of its compilation where there was none, until it was
 * instantiated, ms; null where it was not, or where its start is not known. */
export function readyAfter(module: Module): number | null {
  const from = module.requestStart ?? module.compileStart ?? module.instantiateStart;
  return from === null || module.instantiateEnd === null
    ? null
    : Math.max(module.instantiateEnd - from, 0);
}
