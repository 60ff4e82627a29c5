import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Comparison } from '../../src/compare/model.ts';
import { newFolder, runCli } from '../../test/cli/runCli.ts';

/**
 * Compares two URLs as users do: `wasmscope ab`, with so many runs a side. Each run serves one
 * comparison.
 * @param name of the folder of its recordings, which are kept where WASMSCOPE_BENCH_SESSIONS says
 * @throws Error with what the command line said, where there is no comparison
 */
export async function comparePages(
  baseline: string,
  candidate: string,
  runs: number,
  name: string,
): Promise<Comparison> {
  const kept = process.env.WASMSCOPE_BENCH_SESSIONS;
  const out = kept === undefined ? newFolder() : join(kept, name);
  mkdirSync(out, { recursive: true });
  const { stdout, stderr } = await runCli([
    'ab',
    baseline,
    candidate,
    '--until-mark',
    'done',
    '--min-runs',
    String(runs),
    '--max-runs',
    String(runs),
    '--time',
    '30',
    '--json',
    ...(kept === undefined ? [] : ['--keep', '--out', out]),
  ]);
  if (stdout === '') throw new Error(`wasmscope ab did not compare: ${stderr}`);
  const [page] = (JSON.parse(stdout) as { pages: { comparison: Comparison }[] }).pages;
  if (!page) throw new Error(`wasmscope ab compared nothing: ${stderr}`);
  return page.comparison;
}
