// Where the kernel keeps what it reads and writes. All addresses refer to its own linear memory.

/** The module's block: a header of `HEADER` bytes, then the module's first bytes, then tables. */
export const BLOCK: u32 = 1024;
export const HEADER: u32 = 128;
/** Where the module's bytes begin: subtract this from an address to get an offset in the file. */
export const BYTES: u32 = BLOCK + HEADER;

/**
 * Header cells, after those of the head, in which addresses are left for JavaScript (byte offsets).
 */
export const TARGETS: u32 = 104;
export const SLOTS: u32 = 108;
export const FORWARDS: u32 = 112;
export const WANTED: u32 = 116;
export const WRITTEN: u32 = 120;

export function leave(cell: u32, address: u32): void {
  store<u32>(BLOCK + cell, address);
}

/** The first address after everything in use. */
let top: u32 = 0;
const PAGE: u32 = 65536;

/** Grows the memory until it includes an address. */
export function reach(end: u32): void {
  const missing = <i32>((end + PAGE - 1) / PAGE) - memory.size();
  if (missing > 0 && memory.grow(missing) < 0) unreachable();
}

export function topOfMemory(): u32 {
  return top;
}

export function setTop(address: u32): void {
  top = (address + 7) & ~7;
  reach(top);
}

/** Allocates a number of bytes and returns their address. */
export function take(size: u32): u32 {
  const start = top;
  setTop(start + size);
  return start;
}
