import type { Session } from '../session/model.ts';
import { columnsOf } from './column.ts';
import { compareColumns } from './compareColumns.ts';
import { DEFAULT_OPTIONS } from './defaultOptions.ts';
import { designOf } from './design.ts';
import { explain } from './explain.ts';
import type { CompareOptions, Comparison } from './model.ts';
import type { ComparisonNote, Side } from './note.ts';
import type { Outliers } from './outliers.ts';
import { outlierRuns, withoutOutliers } from './outliers.ts';
import { ranInBaseline } from './refusalsOf.ts';

/**
 * Compares two sides of one or more recordings each; docs/statistics.md says how.
 * @throws RangeError if a side has no session
 */
export function compareSessions(
  baseline: readonly Session[],
  candidate: readonly Session[],
  given: Partial<CompareOptions> = {},
): Comparison {
  if (baseline.length === 0 || candidate.length === 0) {
    throw new RangeError('A comparison needs at least one session on each side.');
  }
  const options = { ...DEFAULT_OPTIONS, ...given };
  const { refused } = options;
  const design = designOf(baseline, candidate, options.paired);
  const all = columnsOf(design.baseline, design.candidate);
  const outliers = outlierRuns(all);
  const columns = withoutOutliers(all, outliers);
  const metrics = compareColumns(columns, design.paired, options);
  // If no time changed, there is nothing to explain.
  const changed = metrics.some(({ significant, depends }) => significant && depends === 'times');
  return {
    runs: { baseline: baseline.length, candidate: candidate.length },
    paired: design.paired,
    options,
    refused,
    notes: [...design.notes, ...tierNotes({ baseline, candidate }), ...outlierNotes(outliers)],
    metrics,
    explanation: changed ? explain(design, columns, metrics, options.confidence) : [],
  };
}

const SIDES = ['baseline', 'candidate'] as const;

const outlierNotes = (outliers: Outliers): ComparisonNote[] =>
  SIDES.filter((side) => outliers[side].length > 0).map((side) => ({
    code: 'outliers',
    side,
    runs: outliers[side].length,
  }));

/** A few runs with a late tier probe are no reason to refuse all times (refusalsOf.ts). */
const tierNotes = (sides: Record<Side, readonly Session[]>): ComparisonNote[] =>
  SIDES.flatMap((side): ComparisonNote[] => {
    const runs = sides[side].length;
    const late = sides[side].filter(ranInBaseline).length;
    return late > 0 && late * 2 < runs ? [{ code: 'late tier', side, late, runs }] : [];
  });
