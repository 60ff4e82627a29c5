import type { Harness } from '../test/browser/harness.ts';
import { done } from '../test/browser/harness.ts';
import type { Way } from './alternatives.ts';
import { OTHER_WAYS, SCRIPTS, startProfiler, WAYS } from './alternatives.ts';
import { ownCostRow, reportedCost } from './ownCost.ts';
import type { Row } from './report.ts';
import { figure, geometricMean, interleave, pairwise, single } from './statistics.ts';
import { watchThreadTime } from './threadTime.ts';
import { workOf } from './workOf.ts';

const EXAMPLES = ['sqljs', 'esbuild', 'rapier'];
const ROUNDS = 5;

/** What a visit took, ms. */
interface Visit {
  /** Of the example's work, without loading. */
  work: number;
  /** Processor time of the page's main thread, loading and the agent's last chunk in it. */
  thread: number;
  /** The agent's cost as its chunks have it. */
  reported: number;
}

async function visit(harness: Harness, way: Way, path: string, finished: boolean): Promise<Visit> {
  const opened = await harness.open({ agent: SCRIPTS[way], bridge: way === 'agent' });
  if (way === 'profiler') await startProfiler(opened);
  const before = way === 'agent' ? (await opened.chunks()).length : 0;
  const threadTime = await watchThreadTime(opened.page);
  await opened.page.goto(new URL(path, harness.url).href);
  if (finished) await done(opened.page);
  const work = await workOf(opened.page);
  const reported = way === 'agent' ? reportedCost((await opened.chunks()).slice(before)) : 0;
  const thread = await threadTime();
  await opened.close();
  return { work, thread, reported };
}

/**
 * The examples' short work: how many times as long it takes, and what the agent says that it cost.
 */
export async function benchExamples(harness: Harness): Promise<Row[]> {
  const rows: Row[] = [];
  const own: Row[] = [];
  // What the agent's script costs before it records anything is in no session.
  const empty = await interleave(
    ['native', 'agent'],
    ROUNDS,
    async (way) => (await visit(harness, way, 'blank?', false)).thread,
  );
  const installed = pairwise(empty.agent, empty.native, (a, b) => a - b).median;
  for (const name of EXAMPLES) {
    const visits: Record<Way, Visit[]> = {
      native: [],
      agent: [],
      closures: [],
      clock: [],
      profiler: [],
    };
    await interleave(WAYS, ROUNDS, async (way) => {
      const one = await visit(harness, way, `examples/${name}/?work=short`, true);
      visits[way].push(one);
      return one.work;
    });
    const ratio = (way: Way, time: 'work' | 'thread') =>
      pairwise(
        visits[way].map((one) => one[time]),
        visits.native.map((one) => one[time]),
        (a, b) => a / b,
      );
    const row = (group: string, time: 'work' | 'thread', most: Pick<Row, 'limit'>): Row => ({
      group,
      what: name,
      unit: 'ratio',
      figure: ratio('agent', time),
      native: figure(visits.native.map(() => 1)),
      ...most,
      alternatives: Object.entries(OTHER_WAYS).map(([way, label]) => ({
        name: label,
        figure: ratio(way as Way, time),
      })),
    });
    rows.push(row(WORK, 'work', { limit: 1.06 }), row(THREAD, 'thread', {}));
    own.push(
      ownCostRow(
        `${name}, main thread`,
        visits.agent.map(({ reported }) => reported),
        visits.agent.map(
          ({ thread }, round) => thread - (visits.native[round]?.thread ?? 0) - installed,
        ),
      ),
    );
  }
  const means = [WORK, THREAD].map(
    (group): Row => ({
      group,
      what: 'geometric mean',
      unit: 'ratio',
      ...(group === WORK ? { limit: 1.02 } : {}),
      figure: single(
        geometricMean(
          rows.filter((row) => row.group === group).map((row) => row.figure?.median ?? 1),
        ),
      ),
    }),
  );
  return [...rows, ...means, ...own];
}

const WORK = 'The examples’ work takes this many times as long';
const THREAD =
  'The examples take the main thread’s processor this many times as long, loading and the agent’s start in it';
