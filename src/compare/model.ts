import type { MetricFields } from '../metrics/metricsOf.ts';
import type { ComparisonNote, MetricNote } from './note.ts';
import type { Refusals } from './refusal.ts';

export type { Refusals } from './refusal.ts';

/** How two sides are compared. */
export interface CompareOptions {
  /** Smallest change of a timing or of a noisy count that is reported, as a share of the baseline; 0.03. */
  minEffect: number;
  /** Chance that one comparison without any change tells of one, over all its noisy metrics; 0.01. */
  alpha: number;
  /** Confidence of the intervals, each for itself; 0.95. */
  confidence: number;
  /**
   * By how much an exact metric may differ and still be equal, as a share of the baseline; by the
   * metric's id or by `default`. 0 for all.
   */
  tolerance: Readonly<Record<string, number>>;
  /** Compare what may not be compared; it is flagged then. False. */
  force: boolean;
  /**
   * Whether run i of one side belongs with run i of the other, as recorded in turn. `auto`: if
   * they were, by the times at which they began.
   */
  paired: 'auto' | 'yes' | 'no';
  /** What may not be compared and why, from the sides' validity; nothing. */
  refused: Refusals;
  /** Seed of the permutations: the same sessions always give the same result. */
  seed: number;
}

/** One metric on one side, over its runs. */
export interface SideSummary {
  /** Runs that know it. */
  runs: number;
  /** In the metric's unit. */
  median: number;
  min: number;
  max: number;
}

/**
 * - `faster`, `slower`: of times (frames a second too)
 * - `fewer`, `more`: of counts and pages; `smaller`, `larger`: of bytes and scores
 * - `equal`: an exact metric is the same on both sides, or within its tolerance
 * - `same`: the interval lies within ± `within` of 1, which is at most the minimum effect
 * - `new`, `gone`: only one side has it: a function that was called, a module
 * - `unknown`: more runs are needed, or it may not be compared; `notes` says which
 */
export type Verdict =
  | 'faster'
  | 'slower'
  | 'fewer'
  | 'more'
  | 'smaller'
  | 'larger'
  | 'equal'
  | 'same'
  | 'new'
  | 'gone'
  | 'unknown';

export interface MetricComparison extends MetricFields {
  baseline: SideSummary | null;
  candidate: SideSummary | null;
  /** Candidate over baseline; null where the baseline is 0 or a side does not know it. */
  ratio: number | null;
  /** The ratio's interval at `confidence`, not corrected for many metrics; null for exact ones. */
  interval: readonly [low: number, high: number] | null;
  /** Candidate less baseline, in the unit. */
  difference: number;
  /** Corrected for all noisy metrics of the comparison; null for exact ones. */
  p: number | null;
  verdict: Verdict;
  /** Half the width of the band around 1 in which `same` holds, e.g. 0.02; null otherwise. */
  within: number | null;
  /** A change is reported, not `equal`, `same` or `unknown`. */
  significant: boolean;
  /** A change for the worse is reported: what a gate fails on. */
  worse: boolean;
  /** A metric of kind `exact` that varies from run to run within a side, judged as timings are. */
  noisy: boolean;
  /** About how many runs a side would tell a change of the minimum effect; null: enough, or no telling. */
  runsNeeded: number | null;
  /** The label of the metric that has just these values under another name, and tells of a change of both; null: none. */
  aliasOf: string | null;
  /** What to know about this comparison; src/text/comparisonNotes.ts has the sentences. */
  notes: MetricNote[];
}

/** One part of a change in time. */
export interface Contribution {
  kind: 'function' | 'module' | 'phase' | 'request';
  /** Function: `MODULE/FUNCTION`; phase: `MODULE/PHASE`; module: its name; request: its URL. */
  id: string;
  label: string;
  /** Candidate less baseline, ms: self time of a function, length of a phase, latency of a request. */
  difference: number;
  /** Its interval at `confidence`, ms; null where a side has no more than one run and no variance. */
  interval: readonly [low: number, high: number] | null;
  /** Of the sum of all absolute differences of its kind, 0 to 1. */
  share: number;
  /** How often it was called or made, the median run; null for phases. */
  count: { baseline: number; candidate: number } | null;
  /** What came of more or fewer calls, ms, the rest being what each call cost; null without calls. */
  byCount: number | null;
}

export interface Comparison {
  /** Runs a side. */
  runs: { baseline: number; candidate: number };
  paired: boolean;
  options: CompareOptions;
  refused: Refusals;
  /** What else to know; src/text/comparisonNotes.ts has the sentences. */
  notes: ComparisonNote[];
  /** In the order of metricsOf; those of the candidate alone last. */
  metrics: MetricComparison[];
  /** What changed the times, most certain and largest first within each kind. */
  explanation: Contribution[];
}
