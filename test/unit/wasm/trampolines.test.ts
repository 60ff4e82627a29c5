import { expect, test } from 'vitest';
import type { FunctionType, Head } from '../../../src/wasm/head.ts';
import { FUNCTION, readHead } from '../../../src/wasm/head.ts';
import {
  exportTwin,
  importTrampolines,
  loneTrampoline,
  pooledTrampolines,
  SAME,
} from '../../../src/wasm/trampolines.ts';
import { buildModule, op } from '../../fixtures/buildModule.ts';

const head = readHead(
  buildModule({
    imports: [{ name: 'i', params: ['i32', 'i64'], results: ['f64'] }],
    functions: [
      { name: 'f', params: ['i32'], results: ['i32'], code: op.get(0) },
      { name: 'g', params: [], results: [], code: [] },
    ],
  }),
  true,
) as Head;
const typeOf = (fn: number): number => head.functions[fn] as number;
const last = head.functions.length - 1;

test('trampolines for imports are a valid module', () => {
  const type = typeOf(0);
  new WebAssembly.Module(
    importTrampolines(
      head,
      [
        { type, slot: 64, target: 'import' },
        { type, slot: 80, target: 'suspending' },
      ],
      [],
    ),
  );
});

test('the twin of an exports object is a valid module with the same names in the same order', () => {
  const forwards = head.exports
    .filter(({ kind }) => kind === FUNCTION)
    .map(({ index }) => ({ type: typeOf(index), slot: 16, target: 'table' }) as const);
  let next = 0;
  const twins = Int32Array.from(head.exports, ({ kind }) => (kind === FUNCTION ? next++ : SAME));
  const module = new WebAssembly.Module(exportTwin(head, forwards, twins, []));
  expect(WebAssembly.Module.exports(module).map(({ name }) => name)).toEqual(
    head.exports.map(({ name }) => name),
  );
});

test('the trampoline for a function that only a table holds is a valid module', () => {
  new WebAssembly.Module(loneTrampoline(head, typeOf(last)));
});

test('trampolines for the functions of a table are a valid module', () => {
  const types = [last, 0].map((fn) => head.types[typeOf(fn)] as FunctionType);
  new WebAssembly.Module(pooledTrampolines(types, 4096));
});
