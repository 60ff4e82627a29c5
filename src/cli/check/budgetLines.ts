import type { Outcome, PageResult } from '../../budgets/result.ts';
import { budgetLine } from '../../text/budgetText.ts';
import type { Emphasis, Paint } from '../io.ts';
import type { GateLine } from '../output/gateLine.ts';

/** How each outcome is shown. */
const OUTCOMES: Record<
  Outcome,
  { outcome: GateLine['outcome']; mark: string; emphasis: Emphasis }
> = {
  passed: { outcome: 'passed', mark: '✓', emphasis: 'good' },
  failed: { outcome: 'failed', mark: '✗', emphasis: 'bad' },
  missing: { outcome: 'not measured', mark: '?', emphasis: 'unsure' },
  undecided: { outcome: 'undecided', mark: '?', emphasis: 'unsure' },
};

/** The verdict on a page: a line for each budget. */
export const budgetGate = ({ page, results }: PageResult): GateLine[] =>
  results.map((result) => ({
    group: page,
    name: result.key,
    outcome: OUTCOMES[result.outcome].outcome,
    text: budgetLine(result),
  }));

/** The verdict on a page, for people. */
export function budgetLines({ page, results, scores }: PageResult, paint: Paint): string[] {
  const width = Math.max(...results.map(({ key }) => key.length), 0);
  const unmeasured = results.filter(({ outcome }) => outcome === 'missing').length;
  const without =
    unmeasured > 0
      ? `, without ${unmeasured} of ${results.length} budgets, which were not measured`
      : '';
  return [
    paint('heading', page),
    ...results.map((result) => {
      const { mark, emphasis } = OUTCOMES[result.outcome];
      return `  ${paint(emphasis, mark)} ${result.key.padEnd(width)}  ${budgetLine(result)}`;
    }),
    ...scores.map(
      ({ session, score }) =>
        `  ${session}: ${score === null ? 'no score' : `score ${score} of 100${without}`}`,
    ),
  ];
}
