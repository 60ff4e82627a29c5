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
      return `${change}, but there are too few runs (${candidate} against ${baseline}): telling a change from noise takes at least ${reason.needed} per side`;
    }
    case 'cut short':
      return `${reason.session} was cut short. ${reason.reason}`.trim();
    case 'no module loaded':
      return 'no WebAssembly was loaded; check that this is the right page, and that it was recorded for long enough';
    case 'not recorded':
      return 'not in the recording; check the name, and that the recording covers it';
    case 'not in baseline':
      return 'not in the baseline; record the baseline of this page again';
    case 'not comparable':
      return `not compared with the baseline: ${refusalText(reason.refusal)}`;
    default:
      return reason satisfies never;
  }
}

const withRuns = (text: string, runs: string): string => (runs === '' ? text : `${text}, ${runs}`);

/** `+25 % over the limit`; from twice on `3.4× the limit`, because a factor is no excess. */
function changeTo(ratio: number, change: string, reference: string): string {
  const text = formatChange(ratio);
  return ratio < 2 ? `${text} ${change}` : `${text.replace('×', '')}× ${reference}`;
}

function overBy(value: number, max: number, { unit }: BudgetResult): string {
  if (max === 0) return `${formatQuantity(value, unit)} over the limit`;
  return changeTo(value / max, 'over the limit', 'the limit');
}

/** How much a figure lacks: of a factor, by which factor. */
const shortBy = (value: number, min: number, { unit }: BudgetResult): string =>
  unit === 'factor' && value > 0
    ? `short of the limit by a factor of ${(min / value).toPrecision(2)}`
    : `${formatQuantity(min - value, unit)} short of the limit`;

function changeText({ ratio }: Increase, { value, unit }: BudgetResult): string {
  if (ratio === null) return `${formatQuantity(value ?? 0, unit)}, and none in the baseline`;
  return changeTo(ratio, 'from the baseline', 'the baseline');
}

function comparedText(increase: Increase, result: BudgetResult): string {
  const change = changeText(increase, result);
  if (!increase.interval) return change;
  const { low, high, confidence } = increase.interval;
  const percent = Number((confidence * 100).toPrecision(5));
  return `${change}, ${percent} % interval ${formatChange(low)} to ${formatChange(high)}`;
}
