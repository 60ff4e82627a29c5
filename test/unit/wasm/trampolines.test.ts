import { expect, test } from 'vitest';
import { readHead } from '../../../src/wasm/head.ts';
import type { Head } from '../../../src/wasm/head.ts';
import { exportTwin, importTrampolines, loneTrampoline, pooledTrampolines } from '../../../src/wasm/trampolines.ts';
import { buildModule, op } from '../../fixtures/buildModule.ts';

const head = readHead(buildModule({
  imports: [{ name: 'i', params: ['i32', 'i64'], results: ['f64'] }],
  functions: [
    { name: 'f', params: ['i32'], results: ['i32'], code: op.get(0) },
    { name: 'g', params: [], results: [], code: [] },
  ],
}), true) as Head;
const last = head.functions.length - 1;

test('trampolines in front of imports are a module', () => {
  const { type } = head.imports[0]!;
  new WebAssembly.Module(importTrampolines(head, [{ type, slot: 64 }, { type, slot: 80, suspending: true }], []));
});

test('a twin of exports is a module with the same names in the same order', () => {
  const twins = head.exports.map(({ index }) => ({ kind: 'forward', forward: { type: head.functions[index]!, slot: 16 } }) as const);
  const module = new WebAssembly.Module(exportTwin(head, twins, []));
  expect(WebAssembly.Module.exports(module).map(({ name }) => name)).toEqual(head.exports.map(({ name }) => name));
});

test('trampolines for functions out of tables are modules', () => {
  new WebAssembly.Module(loneTrampoline(head, head.functions[last]!));
  new WebAssembly.Module(pooledTrampolines([head.types[head.functions[last]!]!, head.types[0]!], 4096));
});
