import type { FunctionType, Head } from '../../src/wasm/head.ts';
import { readHead } from '../../src/wasm/head.ts';
import { exportTwin, importTrampolines, pooledTrampolines } from '../../src/wasm/trampolines.ts';

/** (import "m" "f" (func (param i32) (result i32))) (func (export "g") (param i32) (result i32) (call 0 (local.get 0))) */
const SMALL = new Uint8Array([
  0, 0x61, 0x73, 0x6d, 1, 0, 0, 0, 1, 6, 1, 0x60, 1, 0x7f, 1, 0x7f, 2, 7, 1, 1, 0x6d, 1, 0x66, 0, 0,
  3, 2, 1, 0, 7, 5, 1, 1, 0x67, 0, 1, 10, 8, 1, 6, 0, 0x20, 0, 0x10, 0, 0x0b,
]);

/** Rounds: after a few the engine also has its faster code. */
const ROUNDS = 12;

/**
 * Does for nothing, in a moment when the page waits, what its first module will need: JavaScript that runs for the
 * first time is slow, by some milliseconds in all. It writes modules but compiles none: a policy may forbid wasm, and
 * a page that does not use it must not see a violation.
 */
export function warmUp(): void {
  for (let round = 0; round < ROUNDS; round++) {
    const head = readHead(SMALL, true) as Head;
    importTrampolines(head, [{ type: 0, slot: 0, target: 'import' }], []);
    exportTwin(head, [{ type: 0, slot: 0, target: 'table' }], new Int32Array(1), []);
    pooledTrampolines([head.types[0] as FunctionType], 0);
  }
}
