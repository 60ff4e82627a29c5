import type { ModuleRow } from '../../src/protocol/rows.ts';
import type { Head } from '../../src/wasm/head.ts';

/** A module of trampolines compiled before it was needed, and for what. */
export interface Foreseen {
  key: string;
  compiled: WebAssembly.Module;
}

/** What the agent keeps of a module that the page has. */
export interface LoadedModule {
  readonly id: number;
  /** What the session says of it; filled in as it comes to be known. */
  readonly row: ModuleRow;
  /** What precedes its code; null where its bytes were not to be had. */
  head: Head | null;
  /** Ids of its boundary functions (boundaryFunctions.ts), -1 where one has none yet; made when first asked for. */
  ids: Int32Array | null;
  foreseenImports?: Foreseen | undefined;
  foreseenExports?: Foreseen | undefined;
  /** Whether a reference can come in by a call: some type of its functions has one. Worked out when first asked for. */
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
