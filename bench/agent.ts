import { agentScript, done } from '../test/browser/harness.ts';
import type { Harness } from '../test/browser/harness.ts';
import { buildModule, op, PADDING } from '../test/fixtures/buildModule.ts';
import type { Row } from './report.ts';
import { figure, interleave, pairwise } from './statistics.ts';

const WITH = [false, true].map(String) as ['false', 'true'];

/** Reading the agent's script in a fresh page, and running it: together this keeps the page's first script waiting. */
export async function benchInstall(harness: Harness): Promise<Row[]> {
  const text = agentScript();
  const variants = {
    run: `{ const before = performance.now(); ${text}; globalThis.installTime = performance.now() - before; }`,
    read: `{ const text = ${JSON.stringify(`(() => {${text}})`)}; const before = performance.now(); (0, eval)(text); globalThis.installTime = performance.now() - before; }`,
  };
  const samples = await interleave(['run', 'read'], 25, async (variant) => {
    const opened = await harness.open({ agent: variants[variant], bridge: true });
    const time = await opened.page.evaluate('installTime') as number;
    await opened.close();
    return time;
  });
  const group = 'Agent';
  return [
    { group, what: 'installing', unit: 'ms', figure: figure(samples.run), limit: 3 },
    { group, what: 'reading the script before that', unit: 'ms', figure: figure(samples.read) },
  ];
}

const FUNCTIONS = 500;

/** 500 exports called a million times in all, then one handing over, which there is once a second. */
export async function benchHandover(harness: Harness): Promise<Row[]> {
  const module = buildModule({
    functions: Array.from({ length: FUNCTIONS }, (_, index) => ({ name: `exported_function_${index}`, params: ['i32'], results: ['i32'], code: op.get(0) })),
  });
  const opened = await harness.open();
  await opened.page.evaluate(`{
    const { exports } = new WebAssembly.Instance(new WebAssembly.Module(new Uint8Array([${module}])));
    const fs = Object.values(exports);
    globalThis.million = () => { for (let i = 0; i < ${1_000_000 / FUNCTIONS}; i++) for (const f of fs) f(i); };
    million();
  }`);
  await opened.command({ type: 'flush' });
  const samples: number[] = [];
  for (let round = 0; round < 15; round++) {
    await opened.page.evaluate('million()');
    samples.push(await opened.command({ type: 'flush' }));
  }
  const calls = (await opened.chunks()).flatMap(({ crossings }) => crossings?.calls ?? []).reduce((a, b) => a + b, 0);
  if (calls !== 16_000_000) throw new Error(`16 million calls were made and ${calls} counted.`);
  await opened.close();
  return [{ group: 'Agent', what: `handing over, a million crossings over ${FUNCTIONS} functions`, unit: 'ms a second', figure: figure(samples), limit: 2 }];
}

/** The module that benchLoad loads: to be served at /large.wasm. */
export const LARGE = buildModule({ functions: [{ name: 'f', params: [], results: [], code: [] }], padding: 10_000_000 / PADDING });

export async function benchLoad(harness: Harness): Promise<Row[]> {
  const samples = await interleave(WITH, 11, async (agent) => {
    const opened = await harness.open({ agent: agent === 'true' });
    const time = await opened.page.evaluate(async () => {
      const start = performance.now();
      const { instance } = await WebAssembly.instantiateStreaming(fetch('/large.wasm'));
      (instance.exports.f as () => void)();
      return performance.now() - start;
    });
    await opened.close();
    return time;
  });
  return [{
    group: 'Agent', what: 'a 10 MB module to its first call, streaming', unit: 'times as long',
    figure: pairwise(samples.true, samples.false, (a, b) => a / b), native: figure(samples.false.map(() => 1)),
  }];
}

/** The examples' short work, without loading: how many times as long it takes. */
export async function benchExamples(harness: Harness): Promise<Row[]> {
  const rows: Row[] = [];
  for (const name of ['sqljs', 'esbuild', 'rapier']) {
    const samples = await interleave(WITH, 7, async (agent) => {
      const opened = await harness.open({ path: `examples/${name}/?work=short`, agent: agent === 'true' });
      await done(opened.page);
      const time = await opened.page.evaluate(() => performance.getEntriesByType('measure')
        .filter(({ name: part }) => part !== 'load').reduce((sum, { duration }) => sum + duration, 0));
      await opened.close();
      return time;
    });
    rows.push({
      group: 'The examples take this many times as long', what: name, unit: 'ratio',
      figure: pairwise(samples.true, samples.false, (a, b) => a / b),
      native: figure(samples.false.map(() => 1)),
    });
  }
  return rows;
}
