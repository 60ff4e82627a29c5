import { ISOLATED } from '../scripts/serve.mjs';
import { openHarness } from '../test/browser/harness.ts';
import type { Harness } from '../test/browser/harness.ts';
import { benchExamples, benchHandover, benchInstall, benchLoad, LARGE } from './agent.ts';
import { benchCalls } from './calls.ts';
import { benchPanel } from './panel.ts';
import type { Row } from './report.ts';

export { toTable } from './report.ts';

const BENCHES: Record<string, (harness: Harness) => Promise<Row[]>> = {
  install: benchInstall, handover: benchHandover, load: benchLoad, calls: benchCalls, examples: benchExamples, panel: benchPanel,
};

/**
 * Runs the benches.
 * @param only names of some of them; none: all
 * @param progress told what comes next
 */
export async function bench(only: readonly string[], progress: (text: string) => void): Promise<Row[]> {
  const unknown = only.find((name) => !Object.hasOwn(BENCHES, name));
  if (unknown) throw new Error(`There is no bench ${unknown}: only ${Object.keys(BENCHES).join(', ')}.`);
  const harness = await openHarness({
    headers: { '/': ISOLATED }, // for the finer clock
    routes: {
      '/large.wasm': (_, response) => response.writeHead(200, { 'Content-Type': 'application/wasm', 'Cache-Control': 'no-store' }).end(LARGE),
    },
  });
  try {
    const rows: Row[] = [];
    for (const [name, run] of Object.entries(BENCHES)) {
      if (only.length > 0 && !only.includes(name)) continue;
      progress(name);
      rows.push(...await run(harness));
    }
    return rows;
  } finally {
    await harness.close();
  }
}
