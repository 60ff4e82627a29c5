import type { Session } from '../session/model.ts';

/** What a session is a run of. Without its origin where that is this machine, as local servers change their ports. */
export function pageOf({ info }: Pick<Session, 'info'>): string {
  if (!URL.canParse(info.page)) return info.page;
  const { hostname, pathname } = new URL(info.page);
  return /^127\.|^localhost$/.test(hostname) ? pathname : info.page;
}

/** The runs of one page, before and after. */
export interface PagePair {
  page: string;
  baseline: Session[];
  candidate: Session[];
}

/**
 * Runs of the same page side by side, in the order of the candidate. One page a side belong together whatever they are:
 * two addresses of one application.
 */
export function pairPages(baseline: readonly Session[], candidate: readonly Session[]): PagePair[] {
  const of = (sessions: readonly Session[], page: string): Session[] =>
    sessions.filter((session) => pageOf(session) === page);
  const [before, after] = [baseline, candidate].map((sessions) => [
    ...new Set(sessions.map(pageOf)),
  ]) as [string[], string[]];
  if (before.length === 1 && after.length === 1) {
    const page = before[0] === after[0] ? (after[0] as string) : `${before[0]} → ${after[0]}`;
    return [{ page, baseline: [...baseline], candidate: [...candidate] }];
  }
  return [...new Set([...after, ...before])].map((page) => ({
    page,
    baseline: of(baseline, page),
    candidate: of(candidate, page),
  }));
}
