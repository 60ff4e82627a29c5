import { compareSessions } from '../../compare/compareSessions.ts';
import type { CompareOptions } from '../../compare/model.ts';
import { pairPages } from '../../compare/pairPages.ts';
import { refusalsOf } from '../../compare/refusalsOf.ts';
import type { Session } from '../../session/model.ts';
import { pageOnOneSide, sameRecordingTwice } from '../../text/cliMessages.ts';
import { CliError } from '../cliError.ts';
import type { PageComparison } from './pageComparison.ts';

/**
 * Compares each page's sessions.
 * @throws CliError for a page that only one side has, or a recording that both have
 */
export function comparePages(
  baseline: readonly Session[],
  candidate: readonly Session[],
  options: Partial<CompareOptions> = {},
): PageComparison[] {
  const ids = new Set(candidate.map(({ info }) => info.id));
  const twice = baseline.find(({ info }) => ids.has(info.id));
  if (twice) throw new CliError(sameRecordingTwice(twice.info.name));
  return pairPages(baseline, candidate).map(({ page, ...pair }) => {
    if (pair.baseline.length === 0) throw new CliError(pageOnOneSide(page, 'candidate'));
    if (pair.candidate.length === 0) throw new CliError(pageOnOneSide(page, 'baseline'));
    const refused = refusalsOf(pair.baseline, pair.candidate);
    return {
      page,
      comparison: compareSessions(pair.baseline, pair.candidate, { ...options, refused }),
    };
  });
}
