import type { MetricFields } from '../metrics/metricsOf.ts';
import type { ComparisonNote, MetricNote } from './note.ts';
import type { Refusals } from './refusal.ts';

export type { Refusals } from './refusal.ts';

/** How two sides are compared. */
export interface CompareOptions {
  /** Smallest reported change of timings and noisy counts, as a share of the baseline; 0.03. */
  minEffect: number;
  /** Probability that a comparison without changes reports any noisy metric; default 0.01. */
  alpha: number;
  /** Confidence of each interval on its own; default 0.95. */
  confidence: number;
  /**
   * By how much an exact metric may differ and still be equal, as a share of the baseline: for a
   * metric's id, or `default` for all others. 0 if missing.
   */
  tolerance: Readonly<Record<string, number>>;
  /** Compare also what is refused, and flag it; default false. */
  force: boolean;
  /**
   * Whether run i of one side is paired with run i of the other. `auto`: if they were recorded in
   * turn, by their start times.
   */
  paired: 'auto' | 'yes' | 'no';
  /** What may not be compared and why, from the sides' validity; default nothing. */
  refused: Refusals;
  /** Seed of the permutations: the same sessions always give the same result. */
  seed: number;
}

/** One metric on one side, over its runs. */
export interface SideSummary {
  /** Runs with a value. */
  runs: number;
  /** In the metric's unit. */
  median: number;
  min: number;
  max: number;
}

/**
 * - `faster`, `slower`: of times, and of frames per second
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
  /** Candidate over baseline; null if the baseline is 0 or a side has no value. */
  ratio: number | null;
  /** The ratio's interval at `confidence`, not corrected for many metrics; null for exact ones. */
  interval: readonly [low: number, high: number] | null;
  /** Candidate minus baseline, in the unit. */
  difference: number;
  /** Corrected for all noisy metrics of the comparison; null for exact ones. */
  p: number | null;
  verdict: Verdict;
  /** Half the width of the band around 1 in which `same` holds, e.g. 0.02; null otherwise. */
  within: number | null;
  /** A change is reported, not `equal`, `same` or `unknown`. */
  significant: boolean;
  /** A change for the worse is reported; a gate fails on it. */
  worse: boolean;
  /** A metric of kind `exact` that varies from run to run within a side, judged as timings are. */
  noisy: boolean;
  /** Estimated runs per side to detect the minimum effect; null: enough runs, or no estimate. */
  runsNeeded: number | null;
  /** Label of the metric that has the same values and reports a change of both; null: none. */
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
  /** Candidate minus baseline, ms: function self time, phase duration or request latency. */
  difference: number;
  /** At `confidence`, ms; null if a side has no more than one run and no variance. */
  interval: readonly [low: number, high: number] | null;
  /** Of the sum of all absolute differences of its kind, 0 to 1. */
  share: number;
  /** How often it was called or made, the median run; null for phases. */
  count: { baseline: number; candidate: number } | null;
  /** The part due to more or fewer calls, ms; the rest is the cost per call. Null without calls. */
  byCount: number | null;
}

export interface Comparison {
  /** Runs per side. */
  runs: { baseline: number; candidate: number };
  paired: boolean;
  options: CompareOptions;
  refused: Refusals;
  /** What else to know; src/text/comparisonNotes.ts has the sentences. */
  notes: ComparisonNote[];
  /** In the order of metricsOf; metrics that only the candidate has come last. */
  metrics: MetricComparison[];
  /** What changed the times; within each kind, the most certain and largest first. */
  explanation: Contribution[];
}
