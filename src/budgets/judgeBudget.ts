import { wasLoaded } from '../analysis/wasLoaded.ts';
import { leastOf } from '../compare/logScale.ts';
import type { Refusals } from '../compare/model.ts';
import type { Outliers } from '../compare/outliers.ts';
import type { Session } from '../session/model.ts';
import { present } from '../statistics/present.ts';
import { median } from '../statistics/quantile.ts';
import type { Budget } from './config.ts';
import { increaseInterval, RUNS_NEEDED } from './increaseInterval.ts';
import type { BudgetResult, Increase, Reason } from './result.ts';

/** The runs of one page. */
export interface PageRuns {
  baseline: readonly Session[];
  candidate: readonly Session[];
  /** What may not be compared with the baseline, and why. */
  refused: Refusals;
  /** Runs whose timings are not compared, by their place on their side. */
  outliers: Outliers;
}

type Judged = Pick<BudgetResult, 'outcome' | 'reason'> & { increase?: Increase };

/** @param confidence of the interval of an increase */
export function judgeBudget(budget: Budget, runs: PageRuns, confidence: number): BudgetResult {
  const { subject, max, min } = budget;
  const values = figures(runs.candidate, budget);
  const value = typical(values, budget);
  const judged =
    invalid(runs.candidate, value) ??
    judgeLimits(budget, value ?? 0) ??
    judgeIncrease(budget, runs, value ?? 0, confidence);
  return {
    key: subject.key,
    unit: subject.unit,
    worse: subject.worse,
    value,
    runs: values.length,
    max,
    min,
    increase: null,
    ...judged,
  };
}

/**
 * Whether runs pass a budget by their figure alone, without statistics, as for the score of one
 * session; null where that is not decided.
 */
export function passes(budget: Budget, runs: PageRuns): boolean | null {
  const value = typical(figures(runs.candidate, budget), budget);
  if (invalid(runs.candidate, value) || value === null) return null;
  if (judgeLimits(budget, value)) return false;
  if (!budget.increase) return true;
  const before = reachBaseline(budget, runs);
  return 'reason' in before ? null : !isBeyond(budget, value, allowedBy(budget, before.value));
}

const failed = (code: 'above maximum' | 'below minimum'): Judged => ({
  outcome: 'failed',
  reason: { code },
});
const missing = (reason: Reason): Judged => ({ outcome: 'missing', reason });

/** Why nothing can be said of the figure; null where it can. */
function invalid(runs: readonly Session[], value: number | null): Judged | null {
  const cut = runs.find(({ info }) => info.state === 'cut');
  if (cut) {
    return missing({ code: 'cut short', session: cut.info.name, reason: cut.info.reason });
  }
  if (value !== null) return null;
  const loaded = runs.some(({ modules }) => modules.some(wasLoaded));
  return missing({ code: loaded ? 'not recorded' : 'no module loaded' });
}

/** Null where the figure is within its fixed limits. */
function judgeLimits({ max, min }: Budget, value: number): Judged | null {
  if (max !== null && value > max) return failed('above maximum');
  if (min !== null && value < min) return failed('below minimum');
  return null;
}

function judgeIncrease(budget: Budget, runs: PageRuns, value: number, confidence: number): Judged {
  if (!budget.increase) return { outcome: 'passed', reason: { code: 'within limits' } };
  const before = reachBaseline(budget, runs);
  if ('reason' in before) return before;
  const increase: Increase = {
    baseline: before.value,
    allowed: allowedBy(budget, before.value),
    ratio: before.value === 0 ? null : value / before.value,
    interval: null,
  };
  const isExact = budget.subject.kind === 'exact';
  if (isExact) {
    const outcome = isBeyond(budget, value, increase.allowed) ? 'failed' : 'passed';
    return { outcome, reason: { code: 'compared' }, increase };
  }
  const { unit } = budget.subject;
  const sides = {
    baseline: runs.baseline.map(budget.subject.figureOf),
    candidate: runs.candidate.map(budget.subject.figureOf),
  };
  const interval = increaseInterval({ fields: { unit }, ...sides }, runs.outliers, confidence);
  const counts = {
    baseline: present(sides.baseline).length,
    candidate: present(sides.candidate).length,
  };
  if (!interval) {
    const reason = { code: 'too few runs', needed: RUNS_NEEDED, runs: counts } as const;
    return { outcome: 'undecided', reason, increase };
  }
  const { low, ratio, high } = interval;
  const least = leastOf(unit, [...present(sides.baseline), ...present(sides.candidate)]);
  const allowed = Math.max(increase.allowed, least) / Math.max(before.value, least);
  const beyond = [low, ratio, high].map((each) => isBeyond(budget, each, allowed));
  return {
    ...byInterval(beyond),
    increase: {
      ...increase,
      ratio: before.value === 0 ? null : ratio,
      interval: { low, high, confidence },
    },
  };
}

/**
 * Failed only where the whole interval lies beyond what is allowed; passed where the ratio is
 * within it.
 * @param beyond whether the interval's low end, the ratio and the high end lie beyond
 */
function byInterval([low, ratio, high]: readonly boolean[]): Judged {
  if (low && high) return { outcome: 'failed', reason: { code: 'compared' } };
  if (ratio) return { outcome: 'undecided', reason: { code: 'compared' } };
  const reaches = low || high;
  return { outcome: 'passed', reason: { code: reaches ? 'not ruled out' : 'compared' } };
}

/** The baseline's figure, or why there is none. */
function reachBaseline(
  budget: Budget,
  { baseline, refused }: PageRuns,
): Judged | { value: number } {
  const [refusal] = refused[budget.subject.depends];
  if (refusal) return missing({ code: 'not comparable', refusal });
  const value = typical(figures(baseline, budget), budget);
  return value === null ? missing({ code: 'not in baseline' }) : { value };
}

function allowedBy({ increase, subject }: Budget, baseline: number): number {
  if (!increase) return baseline;
  const by = 'share' in increase ? baseline * increase.share : increase.amount;
  return subject.worse === 'more' ? baseline + by : baseline - by;
}

const isBeyond = ({ subject }: Budget, value: number, allowed: number): boolean =>
  subject.worse === 'more' ? value > allowed : value < allowed;

const figures = (sessions: readonly Session[], { subject }: Budget): number[] =>
  present(sessions.map(subject.figureOf));

function typical(values: readonly number[], { subject }: Budget): number | null {
  if (values.length === 0) return null;
  if (subject.kind === 'timed') return median(values);
  return subject.worse === 'more' ? Math.max(...values) : Math.min(...values);
}
