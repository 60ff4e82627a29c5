import type { Session } from '../session/model.ts';
import type { CompareOptions } from './model.ts';
import type { ComparisonNote } from './note.ts';

/**
 * Fewer pairs are compared as two groups: they can be dealt in so few ways (2 to their number) that
 * one among many metrics hardly stands out. Runs recorded in turn may be compared so, drift or not.
 */
export const LEAST_PAIRS = 15;
/**
 * Fewer runs a side cannot tell one metric among many: four and four can be dealt in 35 ways that
 * differ. They are judged by an assumed scatter (fewRuns.ts).
 */
export const LEAST_RUNS = 5;

/** How the runs of two sides stand to each other. */
export interface Design {
  baseline: readonly Session[];
  candidate: readonly Session[];
  paired: boolean;
  notes: ComparisonNote[];
}

/** Both sides in the order of their recording, and whether they were recorded in turn. */
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

/** Whether of every two in the order of recording one is of each side. */
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
