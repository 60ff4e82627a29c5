import { compareSessions } from '../../compare/compare.ts';
import type { CompareOptions } from '../../compare/model.ts';
import { pairPages } from '../../compare/pairPages.ts';
import { refusalsOf } from '../../compare/refusalsOf.ts';
import type { Session } from '../../session/model.ts';
import { CliError } from '../cliError.ts';
import type { PageComparison } from './comparisonOutput.ts';

/** Compares each page with itself. @throws CliError where a page is on one side only, or a recording on both */
export function comparePages(
  baseline: readonly Session[],
  candidate: readonly Session[],
  options: Partial<CompareOptions> = {},
): PageComparison[] {
  const twice = baseline.find(({ info }) =>
    candidate.some((session) => session.info.id === info.id),
  );
  if (twice)
    throw new CliError(
      `The recording ${twice.info.name} is on both sides: compared with itself nothing can differ. Give other recordings for one side.`,
    );
  return pairPages(baseline, candidate).map(({ page, ...pair }) => {
    if (pair.baseline.length === 0 || pair.candidate.length === 0) {
      throw new CliError(
        `${page} was recorded on one side only. Record it on both, or give the sessions of one page a side.`,
      );
    }
    return {
      page,
      comparison: compareSessions(pair.baseline, pair.candidate, {
        ...options,
        refused: refusalsOf(pair.baseline, pair.candidate),
      }),
    };
  });
}
