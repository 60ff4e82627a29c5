// Reads the primitive values of the WebAssembly binary format (core specification, section 5.2).
// Bytes that violate the format cause a trap, and the caller then reports that the module could not
// be read.

/** The position of the next byte, and the end of the bytes. */
export let at: u32 = 0;
export let end: u32 = 0;

export function readFrom(from: u32, to: u32): void {
  at = from;
  end = to;
}

export function skip(count: u32): void {
  if (count > end - at) unreachable();
  at += count;
}

export function peek(): u32 {
  if (at >= end) unreachable();
  return load<u8>(at);
}

export function byte(): u32 {
  if (at >= end) unreachable();
  return load<u8>(at++);
}

/** Reads an unsigned LEB128 of at most 32 bits. */
export function u32leb(): u32 {
  const first = byte();
  if (first < 0x80) return first;
  let result = first & 0x7f;
  let shift: u32 = 7;
  while (true) {
    const next = byte();
    result |= (next & 0x7f) << shift;
    if (next < 0x80) return result;
    shift += 7;
    if (shift >= 35) unreachable();
  }
}

/** Skips a LEB128 of any width. */
export function skipLeb(): void {
  while (byte() >= 0x80);
}
