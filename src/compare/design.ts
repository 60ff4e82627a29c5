import type { Session } from '../session/model.ts';
import type { CompareOptions } from './model.ts';
import type { ComparisonNote } from './note.ts';

/**
 * Fewer pairs are compared as two groups. n pairs can be swapped in only 2ⁿ ways, too few to detect
 * one changed metric among many. Runs recorded in turn may be compared as groups despite drift.
 */
export const LEAST_PAIRS = 15;
/**
 * With fewer runs per side, permutations cannot detect one changed metric among many: two groups of
 * four can be formed in only 35 ways. They are judged by an assumed scatter (fewRuns.ts).
 */
export const LEAST_RUNS = 5;

/** How the runs of the two sides relate. */
export interface Design {
  baseline: readonly Session[];
  candidate: readonly Session[];
  paired: boolean;
  notes: ComparisonNote[];
}

/** Sorts both sides by time of recording, and finds out whether they were recorded in turn. */
export function designOf(
  baseline: readonly Session[],
  candidate: readonly Session[],
  paired: CompareOptions['paired'],
): Design {
  const sides = { baseline: inTurn(baseline), candidate: inTurn(candidate) };
  const even = baseline.length === candidate.length && baseline.length >= LEAST_PAIRS;
  const asked =
    paired === 'yes' || (paired === 'auto' && alternates(sides.baseline, sides.candidate));
  const notes: ComparisonNote[] = [];
  const least = Math.min(baseline.length, candidate.length);
  if (least < LEAST_RUNS) notes.push({ code: 'few runs', least: LEAST_RUNS });
  if (least === 1) notes.push({ code: 'one run' });
  if (baseline.length > 1 && candidate.length > 1 && apart(sides.baseline, sides.candidate)) {
    notes.push({ code: 'not in turn' });
  }
  return { ...sides, paired: asked && even, notes };
}

const inTurn = (sessions: readonly Session[]): Session[] =>
  [...sessions].sort((a, b) => a.info.started - b.info.started);

/** Whether each consecutive pair of recordings has one of each side. */
function alternates(baseline: readonly Session[], candidate: readonly Session[]): boolean {
  if (baseline.length !== candidate.length) return false;
  return baseline.every(({ info }, at) => {
    const next = baseline[at + 1]?.info.started ?? Number.POSITIVE_INFINITY;
    const partner = candidate[at]?.info.started ?? 0;
    const nextPartner = candidate[at + 1]?.info.started ?? Number.POSITIVE_INFINITY;
    return Math.max(info.started, partner) < Math.min(next, nextPartner);
  });
}

function apart(baseline: readonly Session[], candidate: readonly Session[]): boolean {
  const [from, to] = [baseline[0], baseline.at(-1)].map((session) => session?.info.started ?? 0);
  const [start, end] = [candidate[0], candidate.at(-1)].map(
    (session) => session?.info.started ?? 0,
  );
  return (to ?? 0) < (start ?? 0) || (end ?? 0) < (from ?? 0);
}
