import type { FunctionId, ModuleRow } from '../../src/protocol/rows.ts';
import type { Head } from '../../src/wasm/head.ts';
import type { MemoryCheck } from '../crossings/kernel.ts';

/**
 * A compiled module of trampolines with its inputs; it serves every instance that needs the same.
 */
export interface Trampolines {
  /** The kind of trampoline for each import or export, by position. */
  readonly targets: ArrayLike<number>;
  readonly checks: readonly MemoryCheck[];
  readonly compiled: WebAssembly.Module;
  /**
   * If the trampolines are stubs: the positions of the exports whose functions they expect in a
   * table.
   */
  readonly stubs?: Int32Array | null;
}

/** The agent's record of a module that the page has. */
export interface LoadedModule {
  readonly id: number;
  /** Its row in the session, filled in as facts become available. */
  readonly row: ModuleRow;
  /** The part before its code; null if its bytes were unavailable. */
  head: Head | null;
  /**
   * Ids of its own functions by function index (boundaryFunctions.ts), or -1. Created on first use.
   */
  ids: Int32Array | null;
  /**
   * The first slot of its imported functions; null if no slots were left, undefined if not needed
   * yet.
   */
  importSlot?: number | null;
  /** The same for its exported functions, and the first of their ids. */
  exportSlot?: number | null;
  exportRange: FunctionId | null;
  importTrampolines?: Trampolines;
  exportTrampolines?: Trampolines;
  /**
   * Whether a call can pass in a reference: a function type contains one, or it imports a wasm
   * function.
   */
  takesReferences?: boolean;
  /** Whether its functions are already listed as not measured. */
  listed: boolean;
  /** The options that the page passed for compiling it. */
  readonly options?: unknown;
  /** Whether the page got its Module object without the agent seeing it. */
  unmet?: boolean;
  /** The full URL of its request, used to find it in Resource Timing; never reported. */
  fetchedUrl?: string;
}
