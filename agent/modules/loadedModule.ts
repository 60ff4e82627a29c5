import type { FunctionId, ModuleRow } from '../../src/protocol/rows.ts';
import type { Head } from '../../src/wasm/head.ts';
import type { MemoryCheck } from '../crossings/kernel.ts';

/** A compiled module of trampolines, and for what it was made: it serves every instance that needs the same. */
export interface Trampolines {
  /** By position among the imports or exports: what stands in front. */
  readonly targets: ArrayLike<number>;
  readonly checks: readonly MemoryCheck[];
  readonly compiled: WebAssembly.Module;
  /** Where trampolines are stubs: the positions of the exports whose functions they expect in a table. */
  readonly stubs?: Int32Array | null;
}

/** What the agent keeps of a module that the page has. */
export interface LoadedModule {
  readonly id: number;
  /** What the session says of it; filled in as it comes to be known. */
  readonly row: ModuleRow;
  /** What precedes its code; null where its bytes were unavailable. */
  head: Head | null;
  /** Ids of its own functions by their index (boundaryFunctions.ts), -1 where one has none; made when first asked for. */
  ids: Int32Array | null;
  /** The first slot of its imported functions; null: there were no more. Undefined: not needed yet. */
  importSlot?: number | null;
  /** The same of the functions that it exports, and the first of their ids. */
  exportSlot?: number | null;
  exportRange: FunctionId | null;
  importTrampolines?: Trampolines;
  exportTrampolines?: Trampolines;
  /** Whether a reference can come in by a call: some type of its functions has one, or it imports a wasm function. */
  takesReferences?: boolean;
  /** Its functions are listed as not measured. */
  listed: boolean;
  /** What the page gave for compiling it. */
  readonly options?: unknown;
  /** Whether its Module object was given to the page without the agent's seeing it. */
  unmet?: boolean;
  /** The full URL of its request, for finding it in Resource Timing; never reported. */
  fetchedUrl?: string;
}
