import type { Session } from '../session/model.ts';
import type { CompareOptions } from './model.ts';

/**
 * Fewer pairs are compared as two groups: they can be dealt in so few ways (2 to their number) that one
 * among many metrics hardly stands out. Runs recorded in turn may be compared so, drift or not.
 */
export const LEAST_PAIRS = 15;
/**
 * Fewer runs a side cannot tell one metric among many: four and four can be dealt in 35 ways that differ. They are
 * judged by an assumed scatter (fewRuns.ts).
 */
export const LEAST_RUNS = 5;

/** How the runs of two sides stand to each other. */
export interface Design {
  baseline: readonly Session[];
  candidate: readonly Session[];
  paired: boolean;
  notes: string[];
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
  const notes: string[] = [];
  if (Math.min(baseline.length, candidate.length) < LEAST_RUNS) {
    notes.push(
      `Fewer than ${LEAST_RUNS} runs on a side: how much runs differ by themselves is hardly known. ` +
        'Timings are judged as if they scattered as those of a busy machine do; record more runs to know.',
    );
  }
  if (Math.min(baseline.length, candidate.length) === 1) {
    notes.push('With one run on a side it is not known which counts vary by themselves.');
  }
  if (baseline.length > 1 && candidate.length > 1 && apart(sides.baseline, sides.candidate)) {
    notes.push(
      'One side was recorded after the other: a drift of the machine in between cannot be told ' +
        'from a change. Record both in turn (wasmscope ab).',
    );
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
