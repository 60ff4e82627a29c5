import { pageOf } from '../analysis/pageOf.ts';
import { wasLoaded } from '../analysis/wasLoaded.ts';
import type { Refusals } from '../compare/model.ts';
import { cutShort, refusalsOf } from '../compare/refusalsOf.ts';
import type { Session } from '../session/model.ts';
import { formatChange } from '../text/format.ts';
import { formatQuantity } from '../text/formatQuantity.ts';
import type { Budget } from './config.ts';
import { median } from './median.ts';
import { ratioInterval } from './ratioInterval.ts';

export type Outcome =
  | 'met'
  | 'broken'
  /** The figure is not in the recordings. */
  | 'missing'
  /** Too few runs to tell a change from noise. */
  | 'undecided';

/** How one budget stands. */
export interface BudgetResult {
  key: string;
  outcome: Outcome;
  /** The figure: of several runs the median of a timed one, the worst of an exact one; null: not to be had. */
  value: number | null;
  /** The same in words: `644 kB`. */
  shown: string;
  /** `at most 5 MB`, `at most 5 % above 1.2 MB`. */
  limit: string;
  /** Why it stands so, in a few words. */
  why: string;
}

/** All runs of one page, and how its budgets stand. */
export interface PageResult {
  page: string;
  results: BudgetResult[];
  /** Percent of its decided budgets that each session meets by itself; null: none can be told. */
  scores: { session: string; score: number | null }[];
}

/** Runs a side that a timed figure needs to be compared with a baseline. */
export const RUNS_NEEDED = 5;

/** Judges sessions, a page at a time. A baseline's sessions count for the page that they show. */
export function judge(
  sessions: readonly Session[],
  budgets: readonly Budget[],
  baseline: readonly Session[] = [],
): PageResult[] {
  const pages = [...new Set(sessions.map(pageOf))];
  return pages.map((page) => {
    const runs = sessions.filter((session) => pageOf(session) === page);
    const base = baseline.filter((session) => pageOf(session) === page);
    const refused = refusalsOf(base.length > 0 ? base : runs, runs);
    return {
      page,
      results: budgets.map((budget) => judgeOne(runs, budget, base, refused)),
      scores: runs.map((session) => ({
        session: session.info.name,
        score: scoreOf(budgets.map((budget) => judgeOne([session], budget, base, refused, 1))),
      })),
    };
  });
}

/** 0 to 100; null where nothing was decided. */
export function scoreOf(results: readonly BudgetResult[]): number | null {
  const met = results.filter(({ outcome }) => outcome === 'met').length;
  const broken = results.filter(({ outcome }) => outcome === 'broken').length;
  return met + broken === 0 ? null : Math.round((100 * met) / (met + broken));
}

function judgeOne(
  runs: readonly Session[],
  budget: Budget,
  base: readonly Session[],
  refused: Refusals,
  runsNeeded = RUNS_NEEDED,
): BudgetResult {
  const { subject, max, min, increase } = budget;
  const show = (value: number): string => formatQuantity(value, subject.unit);
  const values = figures(runs, subject);
  const value = typical(values, subject);
  const limits = [
    max === null ? '' : `at most ${show(max)}`,
    min === null ? '' : `at least ${show(min)}`,
  ];
  const result = (outcome: Outcome, why: string): BudgetResult => ({
    key: subject.key,
    outcome,
    value,
    shown: value === null ? '–' : show(value),
    limit: limits.filter(Boolean).join(' and '),
    why,
  });
  const [cut] = runs.flatMap((session) => cutShort(session) ?? []);
  if (cut !== undefined) return result('missing', cut);
  if (value === null) return result('missing', missingBecause(runs));
  if (max !== null && value > max) {
    return result(
      'broken',
      `${max > 0 ? formatChange(value / max) : show(value)} over the limit${ofRuns(values)}`,
    );
  }
  if (min !== null && value < min)
    return result('broken', `${shortOf(value, min, budget)}${ofRuns(values)}`);
  if (!increase) return result('met', ofRuns(values).trim());

  const [reason] = refused[subject.depends];
  if (reason !== undefined)
    return result('missing', `Not to be held against the baseline: ${reason}`);
  const before = figures(base, subject);
  const baseValue = typical(before, subject);
  if (baseValue === null)
    return result(
      'missing',
      'The baseline does not have it: record the baseline of this page again.',
    );
  const by = 'share' in increase ? baseValue * increase.share : increase.amount;
  const worse = subject.worse === 'more' ? 1 : -1;
  const allowed = baseValue + worse * by;
  limits.push(
    `${worse > 0 ? 'at most' : 'at least'} ${show(allowed)} (baseline ${show(baseValue)})`,
  );
  const over = worse * (value - allowed) > 0;
  const change =
    baseValue === 0
      ? `${show(value)} instead of none`
      : `${formatChange(value / baseValue)} to the baseline`;
  if (subject.kind === 'exact') return result(over ? 'broken' : 'met', change);
  if (values.length < runsNeeded || before.length < runsNeeded) {
    return result(
      'undecided',
      `${change}, but ${values.length} and ${before.length} runs: ${runsNeeded} a side are needed to tell it from noise`,
    );
  }
  if (runsNeeded === 1) return result(over ? 'broken' : 'met', change);
  const [low, high] = ratioInterval(before, values);
  const [least, most] = worse > 0 ? [low, high] : [high, low];
  const limit = allowed / baseValue;
  const why = `${change}, 95 % interval ${formatChange(low)} to ${formatChange(high)}`;
  if (over) return result(worse * (least - limit) > 0 ? 'broken' : 'undecided', why);
  return result(
    'met',
    worse * (most - limit) > 0 ? `${why}: more than is allowed is not ruled out` : why,
  );
}

/** How much a figure lacks: of a factor, by which factor. */
const shortOf = (value: number, min: number, { subject: { unit } }: Budget): string =>
  unit === 'factor' && value > 0
    ? `short of the limit by a factor of ${(min / value).toPrecision(2)}`
    : `${formatQuantity(min - value, unit)} short of the limit`;

const missingBecause = (runs: readonly Session[]): string =>
  !runs.some(({ modules }) => modules.some(wasLoaded))
    ? 'No WebAssembly was loaded in the recording: is it the right page, and was it recorded long enough?'
    : 'It is not in the recording: is the name right, and was it recorded?';

const figures = (sessions: readonly Session[], { of }: Budget['subject']): number[] =>
  sessions.map(of).filter((value) => value !== null);

function typical(values: readonly number[], { kind, worse }: Budget['subject']): number | null {
  if (values.length === 0) return null;
  if (kind === 'exact') return worse === 'more' ? Math.max(...values) : Math.min(...values);
  return median(values);
}

const ofRuns = (values: readonly number[]): string =>
  values.length > 1 ? `, of ${values.length} runs` : '';
