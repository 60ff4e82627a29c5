import { cpus, loadavg } from 'node:os';
import { ISOLATED } from '../scripts/serve.mjs';
import type { Harness } from '../test/browser/harness.ts';
import { openHarness } from '../test/browser/harness.ts';
import { benchSame } from './aa.ts';
import { benchSlower } from './ab.ts';
import { benchHandover, benchInstall } from './agent.ts';
import { benchAgree } from './agree.ts';
import { benchApps } from './apps.ts';
import { benchCalls } from './calls.ts';
import { benchCompare } from './compare.ts';
import { benchExact } from './exact.ts';
import { benchExamples } from './examples.ts';
import { benchHeap } from './heap.ts';
import { benchHooks } from './hooks.ts';
import { benchLoad } from './load.ts';
import { benchOwnCost } from './ownCost.ts';
import { benchPanel } from './panel.ts';
import type { About, Row } from './report.ts';
import { benchTruth } from './truth.ts';
import { benchWindow } from './window.ts';

export { toMarkdown, toTable } from './report.ts';

const BENCHES: Record<string, (harness: Harness) => Promise<Row[]>> = {
  install: benchInstall,
  handover: benchHandover,
  hooks: benchHooks,
  calls: benchCalls,
  heap: benchHeap,
  examples: benchExamples,
  apps: benchApps,
  load: benchLoad,
  cost: benchOwnCost,
  truth: benchTruth,
  compare: benchCompare,
  panel: benchPanel,
};

/**
 * Experiments with recordings (docs/statistics.md): half an hour, so only where they are asked for
 * by name.
 */
const TRIALS: typeof BENCHES = {
  aa: benchSame,
  ab5: benchSlower(0.05),
  ab10: benchSlower(0.1, 18),
  ab30: benchSlower(0.3, 20),
  exact: benchExact,
  agree: benchAgree,
  window: benchWindow,
};

/**
 * Runs the benches.
 * @param only names of some of them, and of trials; none: all benches
 * @param progress told what comes next
 * @throws Error where a name is unknown
 */
export async function bench(
  only: readonly string[],
  progress: (text: string) => void,
): Promise<{ about: About; rows: Row[] }> {
  const all = { ...BENCHES, ...TRIALS };
  const unknown = only.find((name) => !Object.hasOwn(all, name));
  if (unknown)
    throw new Error(`There is no bench ${unknown}: only ${Object.keys(all).join(', ')}.`);
  const harness = await openHarness({ headers: { '/': ISOLATED } }); // for the finer clock
  const start = Date.now();
  const before = loadavg()[0] as number;
  try {
    const rows: Row[] = [];
    for (const [name, run] of Object.entries(only.length > 0 ? all : BENCHES)) {
      if (only.length > 0 && !only.includes(name)) continue;
      progress(name);
      rows.push(...(await run(harness)));
    }
    const about: About = {
      date: new Date(start).toISOString(),
      browser: await harness.browser.version(),
      node: process.version,
      platform: `${process.platform} ${process.arch}`,
      cpu: cpus()[0]?.model.trim() ?? '',
      cores: cpus().length,
      load: [before, loadavg()[0] as number],
      seconds: (Date.now() - start) / 1000,
    };
    return { about, rows: gathered(rows) };
  } finally {
    await harness.close();
  }
}

/** Groups together, in the order in which they first came. */
const gathered = (rows: readonly Row[]): Row[] =>
  [...new Set(rows.map(({ group }) => group))].flatMap((group) =>
    rows.filter((row) => row.group === group),
  );
