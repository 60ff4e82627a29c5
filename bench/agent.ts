import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Harness } from '../test/browser/harness.ts';
import { agentScript } from '../test/browser/harness.ts';
import { buildModule, op } from '../test/fixtures/buildModule.ts';
import { referenceDist } from './reference.ts';
import type { Row } from './report.ts';
import { figure, interleave } from './statistics.ts';

/** Reading an agent's script in a fresh page, and running it: together this keeps the page's first script waiting. */
export async function benchInstall(harness: Harness): Promise<Row[]> {
  const reference = referenceDist();
  const texts: Record<string, string> = {
    'this build': agentScript(),
    ...(reference ? { reference: readFileSync(join(reference, 'agent.js'), 'utf8') } : {}),
  };
  const variants = Object.keys(texts).flatMap((build) => [
    `${build}, installing`,
    `${build}, reading the script before that`,
  ]);
  const samples = await interleave(variants, 25, async (variant) => {
    const [build = '', what = ''] = variant.split(', ');
    const text = texts[build] ?? '';
    const code =
      what === 'installing'
        ? `{ ${measured(text)} }`
        : `{ ${measured(`(0, eval)(${JSON.stringify(`(() => {${text}\n})`)})`)} }`;
    const opened = await harness.open({ agent: code, bridge: what === 'installing' });
    const time = (await opened.page.evaluate('installTime')) as number;
    await opened.close();
    return time;
  });
  const group = 'Agent';
  const both = (samples['this build, installing'] ?? []).map(
    (time, at) => time + (samples['this build, reading the script before that']?.[at] ?? 0),
  );
  return [
    ...variants.map(
      (variant): Row => ({
        group,
        what: variant,
        unit: 'ms',
        figure: figure(samples[variant] ?? []),
      }),
    ),
    { group, what: 'this build, both', unit: 'ms', figure: figure(both), limit: 4 },
  ];
}

const measured = (code: string): string =>
  `const before = performance.now(); ${code}; globalThis.installTime = performance.now() - before;`;

const FUNCTIONS = 500;

/**
 * 500 exports called a million times in all, then one handing over, which there is once a second.
 */
export async function benchHandover(harness: Harness): Promise<Row[]> {
  const module = buildModule({
    functions: Array.from({ length: FUNCTIONS }, (_, index) => ({
      name: `exported_function_${index}`,
      params: ['i32'],
      results: ['i32'],
      code: op.get(0),
    })),
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
  const calls = (await opened.chunks())
    .flatMap(({ crossings }) => (crossings ?? []).flatMap(({ calls }) => calls))
    .reduce((a, b) => a + b, 0);
  if (calls !== 16_000_000) throw new Error(`16 million calls were made and ${calls} counted.`);
  await opened.close();
  return [
    {
      group: 'Agent',
      what: `handing over, a million crossings over ${FUNCTIONS} functions`,
      unit: 'ms a second',
      figure: figure(samples),
      limit: 1,
    },
  ];
}
