import { pageOf } from '../analysis/pageOf.ts';
import { columnsOf } from '../compare/column.ts';
import type { Outliers } from '../compare/outliers.ts';
import { outlierRuns } from '../compare/outliers.ts';
import { refusalsOf } from '../compare/refusalsOf.ts';
import type { Session } from '../session/model.ts';
import type { Budget } from './config.ts';
import { confidenceFor } from './increaseInterval.ts';
import { judgeBudget, passes } from './judgeBudget.ts';
import type { PageResult } from './result.ts';

/**
 * Judges sessions, a page at a time. A baseline's sessions count for the page that they show.
 * docs/statistics.md says how increases are judged.
 */
export function judge(
  sessions: readonly Session[],
  budgets: readonly Budget[],
  baseline: readonly Session[] = [],
): PageResult[] {
  const pages = [...new Set(sessions.map(pageOf))];
  const compared = budgets.filter(({ subject, increase }) => increase && subject.kind === 'timed');
  const confidence = confidenceFor(compared.length * pages.length);
  return pages.map((page) => {
    const candidate = sessions.filter((session) => pageOf(session) === page);
    const before = baseline.filter((session) => pageOf(session) === page);
    const refused = refusalsOf(before.length > 0 ? before : candidate, candidate);
    const outliers = compared.length > 0 ? outliersOf(before, candidate) : NO_OUTLIERS;
    const sides = { baseline: before, candidate, refused, outliers };
    return {
      page,
      results: budgets.map((budget) => judgeBudget(budget, sides, confidence)),
      scores: candidate.map((session) => ({
        session: session.info.name,
        score: scoreOf(budgets.map((budget) => passes(budget, { ...sides, candidate: [session] }))),
      })),
    };
  });
}

const NO_OUTLIERS: Outliers = { baseline: [], candidate: [] };

/** Runs in which most timings are off together. */
const outliersOf = (baseline: readonly Session[], candidate: readonly Session[]): Outliers =>
  baseline.length === 0 ? NO_OUTLIERS : outlierRuns(columnsOf(baseline, candidate));

/** 0 to 100; null where nothing was decided. @param passed null: not decided */
export function scoreOf(passed: readonly (boolean | null)[]): number | null {
  const decided = passed.filter((each) => each !== null);
  if (decided.length === 0) return null;
  return Math.round((100 * decided.filter(Boolean).length) / decided.length);
}
