// Writes the primitive values of the WebAssembly binary format, after everything else in memory.

import { leave, reach, topOfMemory, WRITTEN } from './memory';

let start: u32 = 0;
/** The address of the next byte. */
let out: u32 = 0;

/** @param most the maximum number of bytes that will be written */
export function startWriting(most: u32): void {
  start = topOfMemory();
  out = start;
  reach(start + most);
  leave(WRITTEN, start);
}

export function writtenBytes(): u32 {
  return out - start;
}

export function put(value: u32): void {
  store<u8>(out++, value);
}

export function put2(first: u32, second: u32): void {
  put(first);
  put(second);
}

export function putU32(value: u32): void {
  let rest = value;
  while (rest >= 0x80) {
    put((rest & 0x7f) | 0x80);
    rest >>= 7;
  }
  put(rest);
}

export function putS32(value: i32): void {
  let rest = value;
  for (;;) {
    const low = rest & 0x7f;
    rest >>= 7;
    if ((rest === 0 && (low & 0x40) === 0) || (rest === -1 && (low & 0x40) !== 0)) {
      put(low);
      return;
    }
    put(low | 0x80);
  }
}

/**
 * Writes a number below 2^31 as a LEB128 of five bytes, which reads the same signed or unsigned.
 */
function padded(address: u32, value: u32): void {
  store<u8>(address, (value & 0x7f) | 0x80);
  store<u8>(address + 1, ((value >> 7) & 0x7f) | 0x80);
  store<u8>(address + 2, ((value >> 14) & 0x7f) | 0x80);
  store<u8>(address + 3, ((value >> 21) & 0x7f) | 0x80);
  store<u8>(address + 4, value >> 28);
}

export function putBytes(from: u32, to: u32): void {
  memory.copy(out, from, to - from);
  out += to - from;
}

/** Writes a name of one character. */
export function putLetter(letter: u32): void {
  put2(1, letter);
}

/** Writes a number's digits as a name. */
export function putDigits(value: u32): void {
  let digits: u32 = 1;
  for (let rest = value; rest >= 10; rest /= 10) digits++;
  put(digits);
  let rest = value;
  for (let left = digits; left > 0; left--) {
    store<u8>(out + left - 1, 0x30 + (rest % 10));
    rest /= 10;
  }
  out += digits;
}

/** Leaves room for a size, to be filled in by `putSize`. */
export function openSize(): u32 {
  out += 5;
  return out;
}

export function closeSize(from: u32): void {
  padded(from - 5, out - from);
}

export function openSection(id: u32): u32 {
  put(id);
  return openSize();
}
