// Where the kernel keeps what it reads and writes. All addresses are of its own linear memory.

/** A module's block stands here: a header of `HEADER` bytes, the module's first bytes, then tables. */
export const BLOCK: u32 = 1024;
export const HEADER: u32 = 128;
/** Where the module's bytes begin: offsets in a module less this are offsets in its file. */
export const BYTES: u32 = BLOCK + HEADER;

/** Cells of the header, beyond those of the head, in which addresses are left for JavaScript (byte offsets). */
export const TARGETS: u32 = 104;
export const SLOTS: u32 = 108;
export const FORWARDS: u32 = 112;
export const WANTED: u32 = 116;
export const WRITTEN: u32 = 120;

export function leave(cell: u32, address: u32): void {
  store<u32>(BLOCK + cell, address);
}

/** The first address behind everything that is in use. */
let top: u32 = 0;
const PAGE: u32 = 65536;

/** Makes sure that the memory reaches up to an address. */
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

/** Takes so many bytes and returns where they begin. */
export function take(size: u32): u32 {
  const start = top;
  setTop(start + size);
  return start;
}
