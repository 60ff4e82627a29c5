import { afterAll, beforeAll, expect, test } from 'vitest';
import { copiedBytes } from '../../src/analysis/copiedBytes.ts';
import { crossingTable } from '../../src/analysis/crossingTable.ts';
import { buildModule, op } from '../fixtures/buildModule.ts';
import type { Harness } from './harness.ts';
import { openHarness } from './harness.ts';
import { extensionAgent } from './realms/bothRealms.ts';

let harness: Harness;
beforeAll(async () => {
  harness = await openHarness();
});
afterAll(() => harness.close());

const MODULE = buildModule({
  memory: { initial: 1, maximum: 1 },
  imports: [{ name: 'read', params: [], results: [] }],
  functions: [{ name: 'run', params: [], results: [], code: op.call(0) }],
});
/**
 * Reads 100 bytes within the import, writes 5 + 8 before the call, and copies 50 that belong to no
 * wasm memory.
 */
const WORK = `{
  const { exports } = new WebAssembly.Instance(new WebAssembly.Module(new Uint8Array([${MODULE}])), { env: {
    read() { new TextDecoder().decode(new Uint8Array(exports.memory.buffer, 0, 60)); new Uint8Array(exports.memory.buffer).slice(0, 40); },
  } });
  new TextEncoder().encodeInto('hello', new Uint8Array(exports.memory.buffer));
  new Uint8Array(exports.memory.buffer).set(new Uint8Array(8), 100);
  new Uint8Array(50).slice();
  exports.run();
}`;

test('bytes that script copies are counted for the crossing in which it copies them', async () => {
  const opened = await harness.open({ agent: extensionAgent(), settings: { copies: true } });
  await opened.page.evaluate(WORK);
  const session = await opened.session();
  const copied = new Map(
    crossingTable(session).map((row) => [session.functions[row.function]?.name, row.copied]),
  );
  expect(copied).toEqual(
    new Map([
      ['env.read', 100],
      ['run', 0],
    ]),
  );
  expect(copiedBytes(session).at(-1)).toBe(13);
  await opened.close();
});

test('nothing is copied into the session unless copies are to be counted', async () => {
  const opened = await harness.open({ agent: extensionAgent() });
  await opened.page.evaluate(WORK);
  expect((await opened.session()).copies).toEqual([]);
  await opened.close();
});
