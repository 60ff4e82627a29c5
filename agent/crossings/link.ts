import { exportsOf } from '../page/natives.ts';
import type { Counters } from './counters.ts';

// Saved before the agent patches them.
const { Instance, Module } = WebAssembly;

export const compile = (bytes: Uint8Array<ArrayBuffer>): WebAssembly.Module => new Module(bytes);

/**
 * Instantiates a module of trampolines.
 * @param given the namespaces that it imports besides the counters
 */
export function link(
  counters: Counters,
  compiled: WebAssembly.Module,
  given: Record<string, object>,
): WebAssembly.Exports {
  const imports = { __proto__: null, w: counters.imports(), ...given };
  return exportsOf(new Instance(compiled, imports as unknown as WebAssembly.Imports));
}
