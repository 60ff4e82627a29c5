import type { Column } from './column.ts';
import { contributionOf } from './contributionOf.ts';
import type { Design } from './design.ts';
import { functionParts, moduleParts, phaseParts } from './metricParts.ts';
import type { Contribution, MetricComparison } from './model.ts';
import type { Part } from './part.ts';
import { requestParts } from './requestParts.ts';

/** How many of each kind are reported. */
const MOST = 20;

/** A part and its contribution, at the requested confidence. */
interface Candidate {
  part: Part;
  contribution: Contribution;
}

/**
 * Which functions, modules, load phases and requests account for changed times: by the difference
 * in self time, duration or latency. A function or phase is reported if its own metric changed; a
 * module or URL, whose sum is not a metric, by its interval. Sorted by the least change that is
 * certain (the end of the interval that is closer to 0).
 * @param columns the metrics of both sides
 * @param metrics the comparison of the columns
 */
export function explain(
  design: Design,
  columns: readonly Column[],
  metrics: readonly MetricComparison[],
  confidence: number,
): Contribution[] {
  const changed = new Set(metrics.filter(({ significant }) => significant).map(({ id }) => id));
  const at = (part: Part, level: number): Contribution => contributionOf(part, design, level);
  const byMetric = (parts: readonly Candidate[]): Candidate[] =>
    parts.filter(({ part }) => changed.has(part.time.fields.id));
  const byInterval = (parts: readonly Candidate[]): Candidate[] => surely(parts, at, confidence);
  const kinds = [
    { parts: functionParts(columns), select: byMetric },
    { parts: moduleParts(columns), select: byInterval },
    { parts: phaseParts(columns), select: byMetric },
    { parts: requestParts(design), select: byInterval },
  ];
  return kinds.flatMap(({ parts, select }) => {
    const all = parts.map((part) => ({ part, contribution: at(part, confidence) }));
    const sum = all.reduce(
      (total, { contribution }) => total + Math.abs(contribution.difference),
      0,
    );
    return select(all)
      .map(({ contribution }) => ({
        ...contribution,
        share: Math.abs(contribution.difference) / sum,
      }))
      .sort((a, b) => sure(b) - sure(a) || Math.abs(b.difference) - Math.abs(a.difference))
      .slice(0, MOST);
  });
}

/**
 * Selects the parts whose interval excludes 0, at a confidence that limits the share of false
 * reports (false discovery rate for intervals: Benjamini and Yekutieli 2005).
 */
function surely(
  parts: readonly Candidate[],
  at: (part: Part, confidence: number) => Contribution,
  confidence: number,
): Candidate[] {
  let reported = parts.filter(({ contribution }) => sure(contribution) > 0);
  for (;;) {
    const level = 1 - ((1 - confidence) * reported.length) / parts.length;
    const left = reported.filter(({ part }) => sure(at(part, level)) > 0);
    if (left.length === reported.length) return reported;
    reported = left;
  }
}

/** The part of a difference that is certain, ms. */
function sure({ interval }: Contribution): number {
  if (!interval || interval[0] * interval[1] <= 0) return 0;
  return Math.min(Math.abs(interval[0]), Math.abs(interval[1]));
}
