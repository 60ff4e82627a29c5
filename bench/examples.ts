import { done } from '../test/browser/harness.ts';
import type { Harness } from '../test/browser/harness.ts';
import { OTHER_WAYS, SCRIPTS, startProfiler, WAYS } from './alternatives.ts';
import type { Way } from './alternatives.ts';
import { ownCostRow, reportedCost } from './ownCost.ts';
import type { Row } from './report.ts';
import { figure, geometricMean, interleave, pairwise, single } from './statistics.ts';

const EXAMPLES = ['sqljs', 'esbuild', 'rapier'];
const ROUNDS = 7;

/** The examples' short work: how many times as long it takes without loading, and what the agent says that it cost with it. */
export async function benchExamples(harness: Harness): Promise<Row[]> {
  const rows: Row[] = [];
  const own: Row[] = [];
  for (const name of EXAMPLES) {
    const withLoad: Record<Way, number[]> = { native: [], agent: [], closures: [], clock: [], profiler: [] };
    const reported: number[] = [];
    const samples = await interleave(WAYS, ROUNDS, async (way) => {
      const path = `examples/${name}/?work=short`;
      const opened = await harness.open({ path: way === 'profiler' ? 'blank' : path, agent: SCRIPTS[way], bridge: way === 'agent' });
      if (way === 'profiler') {
        await startProfiler(opened);
        await opened.page.goto(`${harness.url}${path}`);
      }
      await done(opened.page);
      const [load, work] = await opened.page.evaluate(() => {
        const sum = (loading: boolean) => performance.getEntriesByType('measure')
          .filter(({ name: part }) => (part === 'load') === loading).reduce((time, { duration }) => time + duration, 0);
        return [sum(true), sum(false)] as const;
      });
      if (way === 'agent') reported.push(reportedCost(await opened.chunks()));
      withLoad[way].push(load + work);
      await opened.close();
      return work;
    });
    const ratio = (way: Way) => pairwise(samples[way], samples.native, (a, b) => a / b);
    rows.push({
      group: 'The examples take this many times as long', what: name, unit: 'ratio',
      figure: ratio('agent'), native: figure(samples.native.map(() => 1)), limit: 1.06,
      alternatives: Object.entries(OTHER_WAYS).map(([way, label]) => ({ name: label, figure: ratio(way as Way) })),
    });
    own.push(ownCostRow(`${name}, with loading`, reported, withLoad.agent.map((time, round) => time - (withLoad.native[round] as number))));
  }
  const ratios = rows.map((row) => row.figure?.median ?? 1);
  rows.push({
    group: 'The examples take this many times as long', what: 'geometric mean', unit: 'ratio',
    figure: single(geometricMean(ratios)), limit: 1.02,
  });
  return [...rows, ...own];
}
