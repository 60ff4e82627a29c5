import { didYouMean } from '../text/didYouMean.ts';
import { EXAMPLES, readQuantity, readShare } from '../text/readQuantity.ts';
import type { Subject } from './subject.ts';
import { SUBJECTS, subjectOf } from './subject.ts';

/** One budget: a figure and what it may be. */
export interface Budget {
  subject: Subject;
  /** In the subject's unit; null: no limit on this side. */
  max: number | null;
  min: number | null;
  /** Above the baseline's figure, as a share of it or in the unit; null: not compared. */
  increase: { share: number } | { amount: number } | null;
}

export interface BudgetConfig {
  budgets: Budget[];
  /** Session files or folders, relative to the configuration. */
  baseline: string[];
}

/**
 * The configuration is not what it must be; the message names the key and says what was expected.
 */
export class ConfigError extends Error {
  constructor(
    readonly key: string,
    expected: string,
  ) {
    super(`${key}: ${expected}`);
    this.name = 'ConfigError';
  }
}

/** Holds where a configuration does not say another. */
const DEFAULT_BUDGETS = { 'module size': '5 MB' };
const KEYS = ['$schema', 'budgets', 'baseline'];
const BUDGET_KEYS = ['max', 'min', 'increase'];

/** @param value parsed JSON. @throws ConfigError */
export function readConfig(value: unknown): BudgetConfig {
  const config = record(value, 'the configuration');
  for (const key of Object.keys(config)) {
    if (!KEYS.includes(key))
      throw new ConfigError(
        key,
        `is not known${didYouMean(key, KEYS)}; ${KEYS.slice(1).join(' and ')} are expected.`,
      );
  }
  const given = { ...DEFAULT_BUDGETS, ...record(config.budgets ?? {}, 'budgets') };
  const budgets = Object.entries(given)
    .filter(([, limit]) => limit !== null)
    .map(([key, limit]) => budget(key, limit));
  return { budgets, baseline: baseline(config.baseline) };
}

function budget(key: string, value: unknown): Budget {
  const path = `budgets[${JSON.stringify(key)}]`;
  const subject = subjectOf(key);
  if (!subject)
    throw new ConfigError(path, `is not known${nearest(key)}; known are ${SUBJECTS.join(', ')}.`);
  const { unit } = subject;
  const quantity = (given: unknown, field: string): number => {
    const read = readQuantity(given, unit);
    if (read === null)
      throw new ConfigError(field, `is ${JSON.stringify(given)}; ${EXAMPLES[unit]} is expected.`);
    if (unit === 'count' && !Number.isInteger(read))
      throw new ConfigError(field, `is ${JSON.stringify(given)}; a whole number is expected.`);
    return read;
  };
  if (typeof value !== 'object' || value === null) {
    const limit = quantity(value, path);
    return {
      subject,
      max: subject.worse === 'more' ? limit : null,
      min: subject.worse === 'less' ? limit : null,
      increase: null,
    };
  }
  const limits = record(value, path);
  for (const field of Object.keys(limits)) {
    if (!BUDGET_KEYS.includes(field))
      throw new ConfigError(
        `${path}.${field}`,
        `is not known${didYouMean(field, BUDGET_KEYS)}; max, min or increase is expected.`,
      );
  }
  if (Object.keys(limits).length === 0)
    throw new ConfigError(path, 'is empty; max, min or increase is expected.');
  const limit = (field: 'max' | 'min'): number | null =>
    limits[field] === undefined ? null : quantity(limits[field], `${path}.${field}`);
  const [max, min] = [limit('max'), limit('min')];
  if (max !== null && min !== null && min > max)
    throw new ConfigError(path, 'has a min above its max; nothing can meet both.');
  const share = readShare(limits.increase);
  return {
    subject,
    max,
    min,
    increase:
      limits.increase === undefined
        ? null
        : share !== null
          ? { share }
          : { amount: increaseAmount(limits.increase, unit, `${path}.increase`) },
  };
}

function increaseAmount(value: unknown, unit: Subject['unit'], path: string): number {
  const amount = readQuantity(value, unit);
  if (amount === null)
    throw new ConfigError(
      path,
      `is ${JSON.stringify(value)}; a share such as "5 %" or ${EXAMPLES[unit]} is expected.`,
    );
  return amount;
}

function baseline(value: unknown): string[] {
  const list = value === undefined ? [] : Array.isArray(value) ? value : [value];
  for (const path of list) {
    if (typeof path !== 'string' || path === '')
      throw new ConfigError(
        'baseline',
        `is ${JSON.stringify(value)}; a session file, a folder, or a list of them is expected.`,
      );
  }
  return list as string[];
}

function record(value: unknown, path: string): Record<string, unknown> {
  if (typeof value === 'object' && value !== null && !Array.isArray(value))
    return value as Record<string, unknown>;
  throw new ConfigError(path, `is ${JSON.stringify(value)}; an object is expected.`);
}

/** The known subject that is spelt alike, or begins so. */
function nearest(key: string): string {
  const alike = didYouMean(key, SUBJECTS);
  if (alike !== '') return alike;
  const near = SUBJECTS.find(
    (words) => words.split(' ')[0] === key.split(' ')[0] || words.startsWith(key.slice(0, 4)),
  );
  return near ? ` (did you mean "${near}"?)` : '';
}
