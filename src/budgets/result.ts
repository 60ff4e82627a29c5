import type { Refusal } from '../compare/refusal.ts';
import type { Unit } from '../metrics/unit.ts';

/** How a budget stands after a check. */
export type Outcome =
  | 'passed'
  | 'failed'
  /** The figure is not in the recordings, or may not be compared with the baseline. */
  | 'missing'
  /** Too few runs, or too much variation between them, to tell a change from noise. */
  | 'undecided';

/** A figure against the same figure of the baseline. */
export interface Increase {
  /** The baseline's figure, in the unit. */
  baseline: number;
  /** The most that is allowed, in the unit; of a figure of which less is worse, the least. */
  allowed: number;
  /** Candidate over baseline; null where the baseline's figure is 0. */
  ratio: number | null;
  /** The interval of the ratio; null for exact figures, and where the runs are too few. */
  interval: Interval | null;
}

export interface Interval {
  low: number;
  high: number;
  /** 0 to 1, corrected for the number of budgets. */
  confidence: number;
}

/** Why a budget stands as it does. */
export type Reason =
  /** The figure is within, or beyond, its fixed limits. */
  | { code: 'within limits' }
  | { code: 'above maximum' }
  | { code: 'below minimum' }
  /** An exact figure was compared with the baseline, or a timed one by its interval. */
  | { code: 'compared' }
  /** The figure is within what is allowed, but the interval reaches beyond. */
  | { code: 'not ruled out' }
  | { code: 'too few runs'; needed: number; runs: { baseline: number; candidate: number } }
  | { code: 'cut short'; session: string; reason: string }
  | { code: 'no module loaded' }
  | { code: 'not recorded' }
  | { code: 'not in baseline' }
  /** The conditions of the baseline differ. */
  | { code: 'not comparable'; refusal: Refusal };

/** One budget, checked. */
export interface BudgetResult {
  key: string;
  outcome: Outcome;
  unit: Unit;
  /**
   * The figure: of several runs the median of a timed one, the worst of an exact one; null: it is
   * not in the recordings.
   */
  value: number | null;
  /** Runs that have the figure. */
  runs: number;
  max: number | null;
  min: number | null;
  /** Null where there is no limit on the increase, or the baseline was not reached. */
  increase: Increase | null;
  /** Whether a larger or a smaller figure is worse. */
  worse: 'more' | 'less';
  reason: Reason;
}

/** All runs of one page, and how its budgets stand. */
export interface PageResult {
  page: string;
  results: BudgetResult[];
  /** Percent of the decided budgets that each session passes alone; null: none is decided. */
  scores: { session: string; score: number | null }[];
}
