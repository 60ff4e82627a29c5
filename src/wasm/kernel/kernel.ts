// The agent's infrequent work on bytes, in wasm: JavaScript that runs once, as the page starts, is
// interpreted and takes ten times as long as the baseline code that the engine generates from this.
// Written in AssemblyScript, compiled by scripts/build/compileKernel.mjs. A module's block is
// copied into the kernel's own memory, read or used, and copied out again, so that the kernel keeps
// no state.

import { readHead as read } from './head';
import { BLOCK, BYTES, reach, setTop } from './memory';

export {
  addCheck,
  planTwin,
  setCounterMemory,
  startPlan,
  startPool,
  writeImports,
  writeLone,
  writePool,
  writeTwin,
} from './trampolines';

/** Returns the address for the first bytes of a module, of this size, for `readHead`. */
export function roomForBytes(size: u32): u32 {
  reach(BYTES + size);
  return BYTES;
}

/** Returns the address for a block of this size. */
export function roomForBlock(size: u32): u32 {
  setTop(BLOCK + size);
  return BLOCK;
}

export function readHead(size: u32, complete: bool): u32 {
  return read(size, complete);
}
