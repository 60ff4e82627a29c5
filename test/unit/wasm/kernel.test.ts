import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { Head } from '../../../src/wasm/head.ts';
import { buildModule, op } from '../../fixtures/buildModule.ts';
import { openKernel } from '../../fixtures/openKernel.ts';
import { packagedModules } from '../../fixtures/packagedModules.ts';
import type { Head as ReferenceHead } from '../../fixtures/referenceHead.ts';
import { readHead as readReference } from '../../fixtures/referenceHead.ts';

const kernel = await openKernel();

const SMALL = buildModule({
  imports: [{ name: 'i', params: ['i32', 'i64'], results: ['f64'] }],
  functions: [
    { name: 'f', params: ['i32'], results: ['i32'], code: op.get(0) },
    { name: 'g', params: [], results: [], code: [] },
  ],
});

const read = (bytes: Uint8Array): Head => kernel.readHead(bytes, true) as Head;

/** What a head says, as plain data. */
const plain = (head: Head) => ({
  typeBytes: Array.from(head.typeBytes),
  types: Array.from({ length: head.typeCount }, (_, at) => {
    const type = head.type(at);
    return type && [type.paramCount, type.resultCount, [...type.params], [...type.results]];
  }),
  imports: head.imports.map(({ raw, ...rest }) => ({ ...rest, raw: [...raw] })),
  exports: head.exports,
  functions: Array.from(head.functions),
  importedFunctions: head.importedFunctions,
  definitions: ([1, 2, 3, 4] as const).map((kind) =>
    Array.from({ length: head.count(kind) }, (_, at) => [...head.raw(kind, at)]),
  ),
});

const plainReference = (head: ReferenceHead): ReturnType<typeof plain> => ({
  typeBytes: Array.from(head.typeBytes),
  types: head.types.map(
    (type) => type && [type.paramCount, type.resultCount, [...type.params], [...type.results]],
  ),
  imports: head.imports.map(({ raw, ...rest }) => ({ ...rest, raw: [...raw] })),
  exports: head.exports,
  functions: head.functions,
  importedFunctions: head.importedFunctions,
  definitions: [head.tables, head.memories, head.globals, head.tags].map((list) =>
    list.map((raw) => [...raw]),
  ),
});

describe.each(packagedModules())('%s', (path) => {
  const bytes = new Uint8Array(readFileSync(path));

  test('has the head that the reference reader finds', () => {
    expect(plain(read(bytes))).toEqual(plainReference(readReference(bytes, true) as ReferenceHead));
  });
});

test('says what it needs more of while a module arrives', () => {
  const heads = Array.from({ length: SMALL.length + 1 }, (_, size) => {
    const head = kernel.readHead(SMALL.subarray(0, size), false);
    return head ? plain(head) : null;
  });
  const first = heads.findIndex((head) => head !== null);
  expect(first).toBeGreaterThan(8);
  for (const head of heads.slice(first)) expect(head).toEqual(plain(read(SMALL)));
});

test('rejects what is no module', () => {
  expect(() => kernel.readHead(new Uint8Array([1, 2, 3, 4, 5, 6, 7, 8, 9]), true)).toThrow();
});

test('never reads beyond the bytes of a broken module', () => {
  let random = 1;
  const next = (below: number): number => {
    random = (Math.imul(random, 1103515245) + 12345) & 0x7fffffff;
    return random % below;
  };
  for (let round = 0; round < 2000; round++) {
    const broken = new Uint8Array(SMALL);
    for (let changes = 0; changes < 3; changes++) broken[8 + next(broken.length - 8)] = next(256);
    try {
      kernel.readHead(broken, true);
    } catch (error) {
      expect(error).toBeInstanceOf(WebAssembly.RuntimeError);
    }
  }
  expect(plain(read(SMALL)).exports.map(({ name }) => name)).toContain('f');
});

test('the head of a module without any section is empty', () => {
  const empty = new Uint8Array([0, 0x61, 0x73, 0x6d, 1, 0, 0, 0]);
  expect(plain(read(empty))).toEqual(plainReference(readReference(empty, true) as ReferenceHead));
});
