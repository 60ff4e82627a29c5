import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { REPLACED, SUSPENDING } from '../../agent/crossings/kernel.ts';
import type { Head } from '../../src/wasm/head.ts';
import { FUNCTION, MEMORY } from '../../src/wasm/head.ts';
import { buildModule, op } from '../fixtures/buildModule.ts';
import { openKernel } from '../fixtures/openKernel.ts';
import { packagedModules } from '../fixtures/packagedModules.ts';
import type { Harness, Opened } from './harness.ts';
import { openHarness } from './harness.ts';

// Validates the modules that the kernel writes in the browser: Node's engine may lack features that
// they use.

const kernel = await openKernel();
const read = (bytes: Uint8Array): Head => kernel.readHead(bytes, true) as Head;

const SMALL = buildModule({
  imports: [{ name: 'i', params: ['i32', 'i64'], results: ['f64'] }],
  functions: [
    { name: 'f', params: ['i32'], results: ['i32'], code: op.get(0) },
    { name: 'g', params: [], results: [], code: [] },
  ],
});

interface Described {
  imports: WebAssembly.ModuleImportDescriptor[];
  exports: WebAssembly.ModuleExportDescriptor[];
}

let harness: Harness;
let opened: Opened;

beforeAll(async () => {
  harness = await openHarness();
  opened = await harness.open({ agent: false });
});
afterAll(() => harness.close());

/** Imports and exports of a module that the page compiled. */
const compile = (bytes: Uint8Array): Promise<Described> =>
  opened.page.evaluate(async (base64: string) => {
    const response = await fetch(`data:application/wasm;base64,${base64}`);
    const module = await WebAssembly.compile(await response.arrayBuffer());
    return {
      imports: WebAssembly.Module.imports(module),
      exports: WebAssembly.Module.exports(module),
    };
  }, Buffer.from(bytes).toString('base64'));

describe.each(packagedModules())('%s', (path) => {
  const bytes = new Uint8Array(readFileSync(path));

  test('gets a trampoline in front of each imported function', async () => {
    const head = read(bytes);
    const targets = new Uint8Array(head.imports.map(({ kind }) => (kind === FUNCTION ? 1 : 0)));
    const checks = head.count(MEMORY) > 0 ? [{ id: 3, index: 0 }] : [];
    const { exports } = await compile(kernel.importTrampolines(head, targets, 4096, checks));
    expect(exports.length).toBe(head.importedFunctions);
  });

  test('gets a twin of its exports in their order', async () => {
    const head = read(bytes);
    kernel.planTwin(head, 4096, head.count(MEMORY) > 0 ? [{ id: 900, index: 0 }] : []);
    const { exports } = await compile(kernel.writeTwin(false));
    expect(exports.map(({ name }) => name)).toEqual(head.exports.map(({ name }) => name));
  });

  test('gets a twin of stubs with the same exports', async () => {
    const head = read(bytes);
    kernel.planTwin(head, 4096, []);
    const { exports } = await compile(kernel.writeTwin(true));
    expect(exports.map(({ name }) => name)).toEqual(head.exports.map(({ name }) => name));
  });

  test('gets stubs for functions out of its tables', async () => {
    const head = read(bytes);
    if (head.holdsReferences) return;
    const wanted = Array.from(kernel.planPool(head, 384, 768));
    const { exports } = await compile(kernel.pooledTrampolines(4096));
    expect(exports).toEqual([{ name: 'p', kind: 'table' }]);
    expect(wanted.length).toBe(head.typeCount);
  });

  test('gets a lone trampoline for a function of each type', async () => {
    const head = read(bytes);
    for (let type = 0; type < head.typeCount; type++) {
      if (!head.type(type)) continue;
      const { exports } = await compile(kernel.loneTrampoline(head, type));
      expect(exports).toEqual([{ name: '0', kind: 'function' }]);
    }
  });
});

test('a trampoline in front of an import may suspend', async () => {
  const { exports } = await compile(
    kernel.importTrampolines(read(SMALL), new Uint8Array([SUSPENDING]), 64, []),
  );
  expect(exports).toEqual([{ name: '0', kind: 'function' }]);
});

test('an export can have another target than the real one', async () => {
  const plan = kernel.planTwin(read(SMALL), 64, []);
  plan.targets[0] = (plan.targets[0] as number) | REPLACED;
  const { imports } = await compile(kernel.writeTwin(false));
  expect(imports).toContainEqual({ module: 't', name: '0', kind: 'function' });
});

test('an export without a trampoline is exported again', async () => {
  const plan = kernel.planTwin(read(SMALL), 64, []);
  plan.targets[0] = 0;
  const { imports, exports } = await compile(kernel.writeTwin(false));
  expect(imports).toContainEqual({ module: 't', name: '0', kind: 'function' });
  expect(exports.map(({ name }) => name)).toContain('f');
});
