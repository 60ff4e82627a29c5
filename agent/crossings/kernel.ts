import type { Head } from '../../src/wasm/head.ts';
import { createHead } from '../../src/wasm/head.ts';
import { bytesOfHex } from '../../src/wasm/hex.ts';

// Runs the agent's work on bytes in wasm (src/wasm/kernel/kernel.ts explains why). The kernel is
// compiled when the page first uses wasm.

/** The kernel's bytes in hexadecimal; the build inserts them (scripts/build/compileKernel.mjs). */
declare const __WASMSCOPE_KERNEL__: string;

/** Kinds of trampoline in front of an import or export. */
export const NO_TRAMPOLINE = 0;
export const TRAMPOLINE = 1;
/** For an import that may suspend the stack (a `Suspending` object). */
export const SUSPENDING = 2;
/** Its target is imported from `t` by position, not from the real exports by name. */
export const REPLACED = 4;

/** A memory to compare with its cell of pages: its id, and its index in the module. */
export interface MemoryCheck {
  id: number;
  index: number;
}

/** The plan for a module of trampolines in front of exports. */
export interface TwinPlan {
  /** The kind of trampoline, by position among the exports. May be changed before `writeTwin`. */
  targets: Uint8Array;
  /** The trampoline's slot, by position among the exports. May be changed likewise. */
  slots: Int32Array;
  /** For each trampoline, the position of the first export that it stands in front of. */
  forwards: Int32Array;
}

export interface Kernel {
  /**
   * Reads the head of a module.
   * @param complete whether these are all of the module's bytes
   * @returns null if more bytes are needed
   * @throws Error if the bytes are not a module, or use an encoding unknown to the kernel
   */
  readHead(bytes: Uint8Array, complete: boolean): Head | null;
  /**
   * Writes the module that stands in front of a module's imported functions. It imports
   * `f.<position among the imports>` and exports the trampolines under the same numbers.
   * @param targets by position among the imports
   * @param firstSlot the slot of the first imported function; every function has one, with or
   *   without a trampoline
   */
  importTrampolines(
    head: Head,
    targets: ArrayLike<number>,
    firstSlot: number,
    checks: readonly MemoryCheck[],
  ): Bytes;
  /** Plans the module whose `exports` object replaces an instance's; `writeTwin` must follow. */
  planTwin(head: Head, firstSlot: number, checks: readonly MemoryCheck[]): TwinPlan;
  /**
   * Writes the planned module, which imports the real exports from `f`.
   * @param stubs whether its trampolines are stubs that call entries of the table `s.t`, in the
   *   order of the plan's `forwards`
   */
  writeTwin(stubs: boolean): Bytes;
  /**
   * Writes a single trampoline for functions of a type: imports `f.0` and its slot `f.s`, exports
   * `0`.
   */
  loneTrampoline(head: Head, type: number): Bytes;
  /**
   * Plans how many stubs of each type to make in advance: in proportion to the module's functions
   * of that type, and at least one of each. The plan may be changed; `pooledTrampolines` must
   * follow.
   */
  planPool(head: Head, about: number, most: number): Int32Array;
  /**
   * Writes the planned stubs, which call entries of the table `f.t`, into the table `p`, ordered by
   * type.
   */
  pooledTrampolines(firstSlot: number): Bytes;
}

type Bytes = Uint8Array<ArrayBuffer>;

/** The kernel's exports. */
interface Functions {
  memory: WebAssembly.Memory;
  roomForBytes(size: number): number;
  roomForBlock(size: number): number;
  readHead(size: number, complete: number): number;
  setCounterMemory(flags: number, pages: number): void;
  startPlan(positions: number, memories: number): void;
  addCheck(id: number, index: number): void;
  writeImports(firstSlot: number): number;
  planTwin(firstSlot: number): number;
  writeTwin(stubs: number): number;
  writeLone(type: number): number;
  startPool(about: number, most: number): void;
  writePool(firstSlot: number): number;
}

// Saved before the page replaces them.
const { Instance, Module } = WebAssembly;
const { apply, getOwnPropertyDescriptor } = Reflect;
const ByteArray = Uint8Array;
const Ints = Int32Array;
const { set, slice } = Object.getPrototypeOf(Uint8Array.prototype) as Uint8Array;
const exportsOf = getOwnPropertyDescriptor(Instance.prototype, 'exports')
  ?.get as unknown as () => Functions;
const bufferOf = getOwnPropertyDescriptor(WebAssembly.Memory.prototype, 'buffer')
  ?.get as () => ArrayBuffer;

// Where the kernel leaves addresses: src/wasm/kernel/memory.ts.
const BLOCK = 1024;
const HEADER = 32;
const TARGETS = 26;
const SLOTS = 27;
const FORWARDS = 28;
const WANTED = 29;
const WRITTEN = 30;

/**
 * @param counterFlags the flags of the counter memory's type
 * @param counterPages the counter memory's maximum size in pages
 */
export function createKernel(counterFlags: number, counterPages: number): Kernel {
  const kernel = apply(
    exportsOf,
    new Instance(new Module(bytesOfHex(__WASMSCOPE_KERNEL__)), {}),
    [],
  ) as Functions;
  const { memory } = kernel;
  kernel.setCounterMemory(counterFlags, counterPages);
  /** The head whose block is in the kernel's memory. */
  let current: Head | null = null;

  const buffer = (): ArrayBuffer => apply(bufferOf, memory, []) as ArrayBuffer;
  const copyIn = (bytes: Uint8Array, address: number): void => {
    apply(set, new ByteArray(buffer()), [bytes, address]);
  };
  const copyOut = (address: number, size: number): Bytes =>
    apply(slice, new ByteArray(buffer(), address, size), []) as Bytes;
  /** An address that the kernel has left in the header; cell 0 holds the block's size. */
  const addressAt = (cell: number): number => new Ints(buffer(), BLOCK, HEADER)[cell] as number;
  const written = (size: number): Bytes => copyOut(addressAt(WRITTEN), size);

  /**
   * Places a head's block where the kernel expects it, and frees everything allocated behind it.
   */
  function use(head: Head): void {
    const address = kernel.roomForBlock(head.block.length);
    if (current !== head) copyIn(head.block, address);
    current = head;
  }

  function check(checks: readonly MemoryCheck[]): void {
    for (let at = 0; at < checks.length; at++) {
      const { id, index } = checks[at] as MemoryCheck;
      kernel.addCheck(id, index);
    }
  }

  return {
    readHead(bytes, complete) {
      const end = headEnd(bytes);
      if (end === 0 && !complete) return null;
      // Everything that precedes the code is enough.
      const size = end > 0 ? end : bytes.length;
      current = null;
      const address = kernel.roomForBytes(size);
      copyIn(
        size < bytes.length ? new ByteArray(bytes.buffer, bytes.byteOffset, size) : bytes,
        address,
      );
      if (kernel.readHead(size, 1) === 0) return null;
      current = createHead(copyOut(BLOCK, addressAt(0)));
      return current;
    },
    importTrampolines(head, targets, firstSlot, checks) {
      use(head);
      const { importCount } = head;
      kernel.startPlan(importCount, checks.length);
      check(checks);
      copyIn(targets as Uint8Array, addressAt(TARGETS));
      return written(kernel.writeImports(firstSlot));
    },
    planTwin(head, firstSlot, checks) {
      use(head);
      kernel.startPlan(head.exportCount, checks.length);
      check(checks);
      const count = kernel.planTwin(firstSlot);
      const memoryBuffer = buffer();
      return {
        targets: new ByteArray(memoryBuffer, addressAt(TARGETS), head.exportCount),
        slots: new Ints(memoryBuffer, addressAt(SLOTS), head.exportCount),
        forwards: new Ints(memoryBuffer, addressAt(FORWARDS), count),
      };
    },
    writeTwin(stubs) {
      return written(kernel.writeTwin(stubs ? 1 : 0));
    },
    loneTrampoline(head, type) {
      use(head);
      return written(kernel.writeLone(type));
    },
    planPool(head, about, most) {
      use(head);
      kernel.startPool(about, most);
      return new Ints(buffer(), addressAt(WANTED), head.typeCount);
    },
    pooledTrampolines(firstSlot) {
      return written(kernel.writePool(firstSlot));
    },
  };
}

/** Sections that follow the head: start, elements, code, data. */
const isBehind = (id: number): boolean => id >= 8 && id <= 12;

/** Finds the end of the head from the section sizes; 0 if it is not within these bytes. */
function headEnd(bytes: Uint8Array): number {
  let at = 8;
  while (at < bytes.length) {
    const start = at;
    const id = bytes[at++] as number;
    if (isBehind(id)) return start;
    let size = 0;
    let shift = 0;
    for (;;) {
      if (at >= bytes.length) return 0;
      const part = bytes[at++] as number;
      size += (part & 0x7f) * 2 ** shift;
      if (part < 0x80) break;
      shift += 7;
      if (shift > 28) return 0;
    }
    at += size;
    if (id === 7 && at <= bytes.length) return at;
  }
  return 0;
}
