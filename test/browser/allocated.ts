import { buildModule, op } from '../fixtures/buildModule.ts';
import type { Harness } from './harness.ts';

// What the page's JS heap is given while crossings happen, collected since or not.

export const CROSSINGS = 10_000_000;

/** Empty calls, in the page: `exports` is the module's and `n` how many. */
export const CALLS = {
  'JS→wasm': 'for (let i = 0; i < n; i++) exports.into(i);',
  'wasm→JS': 'exports.out(n);',
  /** For each of these the engine itself makes a number object: the measurement must see it. */
  'wasm→JS with a double': 'exports.double(n, 1.5);',
} as const;

const MODULE = buildModule({
  counters: ['calls'],
  imports: [
    { name: 'nothing', params: ['i32'], results: [] },
    { name: 'double', params: ['f64'], results: [] },
  ],
  functions: [
    { name: 'into', params: ['i32'], results: ['i32'], code: [...op.count(0), ...op.get(0)] },
    { name: 'out', params: ['i32'], results: [], code: op.repeat([...op.get(0), ...op.call(0)]) },
    {
      name: 'double',
      params: ['i32', 'f64'],
      results: [],
      code: op.repeat([...op.get(1), ...op.call(1)]),
    },
  ],
});

/**
 * Bytes that the page's heap is given over ten million calls, after two million so that their code
 * is optimised.
 */
export async function allocated(
  harness: Harness,
  agent: boolean,
  calls: keyof typeof CALLS,
): Promise<number> {
  const opened = await harness.open({ agent });
  await opened.page.evaluate(`
    var { exports } = new WebAssembly.Instance(new WebAssembly.Module(new Uint8Array([${MODULE}])), { env: { nothing() {}, double() {} } });
    var run = (n) => { ${CALLS[calls]} };
    run(${CROSSINGS / 10});
    run(${CROSSINGS / 10});`);
  const client = await opened.page.createCDPSession();
  await client.send('HeapProfiler.startSampling', {
    samplingInterval: 4096,
    includeObjectsCollectedByMajorGC: true,
    includeObjectsCollectedByMinorGC: true,
  });
  await opened.page.evaluate(`run(${CROSSINGS})`);
  const { profile } = await client.send('HeapProfiler.stopSampling');
  await opened.close();
  return profile.samples.reduce((sum, { size }) => sum + size, 0);
}
