import type { Comparison } from '../../src/compare/model.ts';
import type { ReportData } from '../../src/export/reportData.ts';
import type { Session } from '../../src/session/model.ts';
import { openReported } from './openReported.ts';

/** A comparison that was made when the report was written. */
export interface ComparisonTab {
  id: `comparison-${number}`;
  title: string;
  page: string;
  comparison: Comparison;
}

export const comparisonTabs = ({ comparisons }: ReportData): ComparisonTab[] =>
  comparisons.map(({ page, comparison }, index) => ({
    id: `comparison-${index}`,
    title: comparisons.length > 1 ? `Comparison of ${page}` : 'Comparison',
    page,
    comparison,
  }));

/** The sessions of a comparison's sides, as far as they are in the report. */
export function sidesOf(
  { sessions, comparisons }: ReportData,
  { page }: ComparisonTab,
): { baseline: Session[]; candidate: Session[] } {
  const sessionsOf = (side: 'baseline' | 'candidate'): Session[] =>
    sessions
      .filter((row) => row.side === side && (comparisons.length === 1 || row.page === page))
      .map(({ small }) => openReported(small));
  return { baseline: sessionsOf('baseline'), candidate: sessionsOf('candidate') };
}
