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
  base: readonly Session[];
  head: readonly Session[];
  paired: boolean;
  notes: string[];
}

/** Both sides in the order of their recording, and whether they were recorded in turn. */
export function designOf(
  base: readonly Session[],
  head: readonly Session[],
  paired: CompareOptions['paired'],
): Design {
  const sides = { base: inTurn(base), head: inTurn(head) };
  const even = base.length === head.length && base.length >= LEAST_PAIRS;
  const asked = paired === 'yes' || (paired === 'auto' && alternates(sides.base, sides.head));
  const notes: string[] = [];
  if (Math.min(base.length, head.length) < LEAST_RUNS) {
    notes.push(
      `Fewer than ${LEAST_RUNS} runs on a side: how much runs differ by themselves is hardly known. ` +
        'Timings are judged as if they scattered as those of a busy machine do; record more runs to know.',
    );
  }
  if (Math.min(base.length, head.length) === 1) {
    notes.push('With one run on a side it is not known which counts vary by themselves.');
  }
  if (base.length > 1 && head.length > 1 && apart(sides.base, sides.head)) {
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
function alternates(base: readonly Session[], head: readonly Session[]): boolean {
  if (base.length !== head.length) return false;
  return base.every(({ info }, at) => {
    const next = base[at + 1]?.info.started ?? Number.POSITIVE_INFINITY;
    const twin = head[at]?.info.started ?? 0;
    const nextTwin = head[at + 1]?.info.started ?? Number.POSITIVE_INFINITY;
    return Math.max(info.started, twin) < Math.min(next, nextTwin);
  });
}

function apart(base: readonly Session[], head: readonly Session[]): boolean {
  const [from, to] = [base[0], base.at(-1)].map((session) => session?.info.started ?? 0);
  const [start, end] = [head[0], head.at(-1)].map((session) => session?.info.started ?? 0);
  return (to ?? 0) < (start ?? 0) || (end ?? 0) < (from ?? 0);
}
