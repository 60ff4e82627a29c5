import type { Module } from '../session/model.ts';

/**
 * The time from the start of a module's request, or of its compilation if there was none, until it
 * was instantiated, ms; null if it was not instantiated, or its start was not seen.
 */
export function loadTime(module: Module): number | null {
  const from = module.requestStart ?? module.compileStart ?? module.instantiateStart;
  return from === null || module.instantiateEnd === null
    ? null
    : Math.max(module.instantiateEnd - from, 0);
}
