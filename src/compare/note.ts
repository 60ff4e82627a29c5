import type { Refusal } from './refusal.ts';

export type Side = 'baseline' | 'candidate';

/** What else to know about a comparison. */
export type ComparisonNote =
  /** Too few runs to estimate how much they vary: their variation is assumed. */
  | { code: 'few runs'; least: number }
  /** With one run on a side, counts that vary from run to run cannot be recognised. */
  | { code: 'one run' }
  /** If the machine's speed drifted in between, that would look like a change. */
  | { code: 'not in turn' }
  /** In so many of the side's runs the tier probe found code that was not optimised yet. */
  | { code: 'late tier'; side: Side; late: number; runs: number }
  /** So many runs of the side are outliers, whose timings are left out. */
  | { code: 'outliers'; side: Side; runs: number };

/** What to know about the comparison of one metric. */
export type MetricNote =
  | Refusal
  /** The recordings of a side ended before it was measured. */
  | { code: 'not measured' }
  | { code: 'too few runs' }
  /** Under 1 % of the total, or below the clock's resolution. */
  | { code: 'too small' }
  | { code: 'on one side'; side: Side };
