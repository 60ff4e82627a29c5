import { pageOf } from '../analysis/pageOf.ts';
import type { Session } from '../session/model.ts';

/** The runs of one page on both sides. */
export interface PagePair {
  page: string;
  baseline: Session[];
  candidate: Session[];
}

/**
 * Pairs the runs of each page, in the order of the candidates. If each side has only one page,
 * they are paired whatever their names: two addresses of the same application.
 */
export function pairPages(baseline: readonly Session[], candidate: readonly Session[]): PagePair[] {
  const [before, ...otherBefore] = pagesOf(baseline);
  const [after, ...otherAfter] = pagesOf(candidate);
  const isOneEach = otherBefore.length === 0 && otherAfter.length === 0;
  if (before !== undefined && after !== undefined && isOneEach) {
    const page = before === after ? after : `${before} → ${after}`;
    return [{ page, baseline: [...baseline], candidate: [...candidate] }];
  }
  const pages = new Set([...pagesOf(candidate), ...pagesOf(baseline)]);
  return [...pages].map((page) => ({
    page,
    baseline: baseline.filter((session) => pageOf(session) === page),
    candidate: candidate.filter((session) => pageOf(session) === page),
  }));
}

const pagesOf = (sessions: readonly Session[]): string[] => [...new Set(sessions.map(pageOf))];
