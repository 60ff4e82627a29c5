import { afterAll, beforeAll, expect, test } from 'vitest';
import { validityOf } from '../../src/analysis/validity/validityOf.ts';
import { buildModule, op } from '../fixtures/buildModule.ts';
import type { Harness } from './harness.ts';
import { openHarness, until } from './harness.ts';

let harness: Harness;
beforeAll(async () => {
  harness = await openHarness();
});
afterAll(() => harness.close());

const MODULE = buildModule({
  functions: [{ name: 'f', params: ['i32'], results: ['i32'], code: op.get(0) }],
});
/** `WASMSCOPE_TIER_TRIES=20` for the figure in docs/browsers.md. */
const TRIES = Number(process.env.WASMSCOPE_TIER_TRIES ?? 5);
/**
 * In DevTools' own page: whether the debugger runs, which keeps wasm in the baseline tier. As text,
 * since vitest rewrites imports in functions.
 */
const DEBUGGING = `(async () => {
  const { DebuggerModel, TargetManager } = await import('./core/sdk/sdk.js');
  const target = TargetManager.TargetManager.instance().primaryPageTarget();
  if (!target?.model(DebuggerModel.DebuggerModel)?.debuggerEnabled()) return false;
  // Answered after what DevTools asked before.
  await target.runtimeAgent().invoke_evaluate({ expression: '1' });
  return true;
})()`;

async function tierOf(devtools: boolean): Promise<string> {
  const opened = await harness.open();
  const tools = devtools ? await opened.page.openDevTools() : null;
  await tools?.waitForFunction(DEBUGGING, { polling: 50 });
  await opened.page.evaluate(
    `new WebAssembly.Instance(new WebAssembly.Module(new Uint8Array([${MODULE}]))).exports.f(1)`,
  );
  const { tier } = validityOf(
    await until(opened, ({ realms }) => realms.some(({ tierProbes: tiers }) => tiers.length > 0)),
  );
  await tools?.close();
  await opened.close();
  return tier.kind;
}

test(
  'wasm’s tier is baseline while DevTools are open, and optimised while they are closed',
  async () => {
    const tiers: string[] = [];
    for (let attempt = 0; attempt < TRIES; attempt++)
      tiers.push(await tierOf(false), await tierOf(true));
    expect(tiers).toEqual(Array.from({ length: TRIES }, () => ['optimised', 'baseline']).flat());
  },
  20_000 + 5000 * TRIES,
);
