import type { Harness } from '../../test/browser/harness.ts';
import { done } from '../../test/browser/harness.ts';
import { figure, interleave } from '../statistics.ts';
import { workOf } from '../workOf.ts';
import type { Example } from './changedExamples.ts';
import { serveExample } from './changedExamples.ts';

/** Turns that are surely seen. */
const MANY = 20_000;
const ROUNDS = 5;

/**
 * How many turns each call of an example's import must make for its work to take longer by a share,
 * measured without the agent.
 * @returns for a share of the work, e.g. 0.1
 */
export async function turnsFor(
  harness: Harness,
  example: Example,
): Promise<(share: number) => number> {
  const sites = {
    plain: await serveExample(example),
    slow: await serveExample(example, { turns: MANY }),
  };
  try {
    const work = await interleave(['plain', 'slow'], ROUNDS, (variant) =>
      timeOf(harness, sites[variant].url),
    );
    const [plain, slow] = [figure(work.plain).median, figure(work.slow).median];
    return (share) => Math.round((share * plain * MANY) / (slow - plain));
  } finally {
    await Promise.all([sites.plain.close(), sites.slow.close()]);
  }
}

/** ms */
async function timeOf(harness: Harness, url: string): Promise<number> {
  const { page, close } = await harness.open({ agent: false });
  await page.goto(url);
  await done(page);
  const work = await workOf(page);
  await close();
  return work;
}
