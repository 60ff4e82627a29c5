// The agent's cold work on bytes, in wasm: JavaScript that runs once, in a page's first moments, runs in an interpreter
// and takes ten times as long as the baseline code that the engine makes of this. Written in AssemblyScript, compiled by
// scripts/build/compileKernel.mjs. Everything stands in the kernel's own memory: a module's block is put in, read or used, and taken
// out again, so that nothing is kept here.

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

/** Where the first bytes of a module of so many are to be put, for `readHead`. */
export function roomForBytes(size: u32): u32 {
  reach(BYTES + size);
  return BYTES;
}

/** Where a block of so many bytes is to be put. */
export function roomForBlock(size: u32): u32 {
  setTop(BLOCK + size);
  return BLOCK;
}

export function readHead(size: u32, complete: bool): u32 {
  return read(size, complete);
}
