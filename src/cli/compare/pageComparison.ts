import type { Comparison, MetricComparison } from '../../compare/model.ts';

/** The comparison of one page. */
export interface PageComparison {
  page: string;
  comparison: Comparison;
}

/** The figures that are not another's under a second name. */
export const ownMetrics = ({ metrics }: Comparison): MetricComparison[] =>
  metrics.filter(({ aliasOf }) => aliasOf === null);

/** Whether only the baseline or only the candidate has it. */
export const isOneSided = ({ verdict }: MetricComparison): boolean =>
  verdict === 'new' || verdict === 'gone';
