import type { Comparison } from '../../src/compare/model.ts';
import type { Change, Example } from './changedExamples.ts';
import { serveExample } from './changedExamples.ts';
import { comparePages } from './comparePages.ts';

/**
 * Compares an example with itself changed, each on a server of its own. @param name of the folder
 * of recordings
 */
export async function compareChange(
  example: Example,
  change: Change,
  runs: number,
  name: string,
): Promise<Comparison> {
  const baseline = await serveExample(example);
  const candidate = await serveExample(example, change);
  try {
    return await comparePages(baseline.url, candidate.url, runs, name);
  } finally {
    await Promise.all([baseline.close(), candidate.close()]);
  }
}
