import type { BudgetResult, Increase } from '../budgets/result.ts';
import { formatChange } from './format.ts';
import { formatQuantity } from './formatQuantity.ts';
import { refusalText } from './refusalText.ts';

/** A budget's result in words. */
export interface BudgetText {
  /** The figure: `644 kB`. */
  shown: string;
  /** `at most 5 MB`, `at most 1.26 MB (baseline 1.20 MB)`. */
  limit: string;
  /** Why the budget stands as it does, in a few words; '' where that is plain. */
  why: string;
}

export function budgetText(result: BudgetResult): BudgetText {
  const { unit, value } = result;
  return {
    shown: value === null ? '–' : formatQuantity(value, unit),
    limit: limits(result).join(' and '),
    why: why(result),
  };
}

/** `644 kB, at most 600 kB: +7.3 % over the limit`. */
export function budgetLine(result: BudgetResult): string {
  const { shown, limit, why } = budgetText(result);
  const figure = limit === '' ? shown : `${shown}, ${limit}`;
  return why === '' ? figure : `${figure}: ${why}`;
}

function limits({ unit, max, min, increase, worse }: BudgetResult): string[] {
  const texts: string[] = [];
  if (max !== null) texts.push(`at most ${formatQuantity(max, unit)}`);
  if (min !== null) texts.push(`at least ${formatQuantity(min, unit)}`);
  if (increase) {
    const [allowed, baseline] = [increase.allowed, increase.baseline].map((value) =>
      formatQuantity(value, unit),
    );
    texts.push(`${worse === 'more' ? 'at most' : 'at least'} ${allowed} (baseline ${baseline})`);
  }
  return texts;
}

function why(result: BudgetResult): string {
  const { reason, unit, value, min, max, increase } = result;
  const runs = result.runs > 1 ? `${result.runs} runs` : '';
  switch (reason.code) {
    case 'within limits':
      return runs;
    case 'above maximum':
      return withRuns(overBy(value ?? 0, max ?? 0, result), runs);
    case 'below minimum':
      return withRuns(shortBy(value ?? 0, min ?? 0, result), runs);
    case 'compared':
      return increase ? comparedText(increase, result) : '';
    case 'not ruled out':
      return `${increase ? comparedText(increase, result) : ''}: a larger change than allowed is not ruled out`;
    case 'too few runs': {
      const { baseline, candidate } = reason.runs;
      const change = increase ? changeText(increase, result) : formatQuantity(value ?? 0, unit);
      return `${change}, but only ${candidate} and ${baseline} runs: at least ${reason.needed} per side are needed to tell a change from noise`;
    }
    case 'cut short':
      return `${reason.session} was cut short. ${reason.reason}`.trim();
    case 'no module loaded':
      return 'No WebAssembly was loaded in the recording: is it the right page, and was it recorded long enough?';
    case 'not recorded':
      return 'It is not in the recording: is the name right, and was it recorded?';
    case 'not in baseline':
      return 'The baseline does not have it: record the baseline of this page again.';
    case 'not comparable':
      return `Not compared with the baseline: ${refusalText(reason.refusal)}`;
    default:
      return reason satisfies never;
  }
}

const withRuns = (text: string, runs: string): string => (runs === '' ? text : `${text}, ${runs}`);

function overBy(value: number, max: number, { unit }: BudgetResult): string {
  const over = max > 0 ? formatChange(value / max) : formatQuantity(value, unit);
  return `${over} over the limit`;
}

/** How much a figure lacks: of a factor, by which factor. */
const shortBy = (value: number, min: number, { unit }: BudgetResult): string =>
  unit === 'factor' && value > 0
    ? `short of the limit by a factor of ${(min / value).toPrecision(2)}`
    : `${formatQuantity(min - value, unit)} short of the limit`;

function changeText({ ratio }: Increase, { value, unit }: BudgetResult): string {
  if (ratio === null) return `${formatQuantity(value ?? 0, unit)}, and none in the baseline`;
  return `${formatChange(ratio)} from the baseline`;
}

function comparedText(increase: Increase, result: BudgetResult): string {
  const change = changeText(increase, result);
  if (!increase.interval) return change;
  const { low, high, confidence } = increase.interval;
  const percent = Number((confidence * 100).toPrecision(5));
  return `${change}, ${percent} % interval ${formatChange(low)} to ${formatChange(high)}`;
}
