import type { Chunk } from '../src/protocol/chunk.ts';
import type { Harness, Opened } from '../test/browser/harness.ts';
import { buildModule, op } from '../test/fixtures/buildModule.ts';
import type { Row } from './report.ts';
import { figure, interleave, single } from './statistics.ts';

// The agent's own cost as the session has it, against the time that the same work takes longer with
// it.

const ROUNDS = 7;
const CALLS = 20_000_000;

/** What chunks say that the agent cost, ms. */
export const reportedCost = (chunks: readonly Chunk[]): number =>
  chunks.reduce(
    (sum, { overhead }) =>
      sum + (overhead ? overhead.crossings + overhead.hooks + overhead.handover : 0),
    0,
  );

/**
 * One row: how many times the real cost the reported one is.
 * @param reported ms, a sample a round
 * @param real ms that the work took longer, a sample a round: by their median, as one disturbed
 *   round is worth many costs
 */
export function ownCostRow(
  what: string,
  reported: readonly number[],
  real: readonly number[],
): Row {
  const said = figure(reported);
  const added = figure(real);
  return {
    group: 'The own cost that a session reports, against the time that was added',
    unit: 'times',
    least: 0.67,
    limit: 1.5,
    what: `${what}: ${said.median.toFixed(1)} ms reported, ${added.median.toFixed(1)} ms (${added.low.toFixed(1)}–${added.high.toFixed(1)}) added`,
    figure: single(said.median / added.median),
  };
}

const MODULE = buildModule({
  counters: ['calls'],
  imports: [{ name: 'nothing', params: [], results: [] }],
  functions: [
    { name: 'f', params: ['i32'], results: ['i32'], code: [...op.count(0), ...op.get(0)] },
    { name: 'call', params: ['i32'], results: [], code: op.repeat(op.call(0)) },
  ],
});

/**
 * Makes `run(direction)` in the page: so many calls with a task's end now and then, as pages have
 * them; ms.
 */
const SET_UP = `{
  const { exports } = new WebAssembly.Instance(new WebAssembly.Module(new Uint8Array([${MODULE}])), { env: { nothing() {} } });
  const { port1, port2 } = new MessageChannel();
  const breathe = () => new Promise((resume) => { port1.onmessage = resume; port2.postMessage(0); });
  const work = {
    in: (n) => { for (let i = 0; i < n; i++) exports.f(i); },
    out: (n) => exports.call(n),
  };
  globalThis.run = async (direction, calls = ${CALLS}) => {
    const start = performance.now();
    for (let part = 0; part < 20; part++) {
      work[direction](calls / 20);
      await breathe();
    }
    return performance.now() - start;
  };
}`;

export async function benchOwnCost(harness: Harness): Promise<Row[]> {
  const rows: Row[] = [];
  for (const [direction, what] of [
    ['in', 'JS→wasm'],
    ['out', 'wasm→JS'],
  ] as const) {
    const pages = {} as Record<'native' | 'agent', Opened>;
    for (const way of ['native', 'agent'] as const) {
      pages[way] = await harness.open({ agent: way === 'agent' });
      await pages[way].page.evaluate(SET_UP);
      await pages[way].page.evaluate(`run('${direction}', ${CALLS / 10})`);
    }
    const reported: number[] = [];
    const samples = await interleave(['native', 'agent'], ROUNDS, async (way) => {
      const before = way === 'agent' ? (await pages.agent.chunks()).length : 0;
      const time = (await pages[way].page.evaluate(`run('${direction}')`)) as number;
      if (way === 'agent') reported.push(reportedCost((await pages.agent.chunks()).slice(before)));
      return time;
    });
    rows.push(
      ownCostRow(
        `${CALLS / 1e6} million empty calls ${what}`,
        reported,
        samples.agent.map((time, round) => time - (samples.native[round] as number)),
      ),
    );
    for (const opened of Object.values(pages)) await opened.close();
  }
  return rows;
}
