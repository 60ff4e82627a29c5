import type { Unit } from '../metrics/unit.ts';
import { ConfigError } from './configError.ts';
import { readQuantity, readShare } from './readQuantity.ts';
import type { Subject } from './subject.ts';
import { SUBJECTS, subjectOf } from './subject.ts';

/** One budget: a figure and its limits. */
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

type Fields = Readonly<Record<string, unknown>>;

/** Apply unless a configuration sets others. */
const DEFAULT_BUDGETS = { 'module size': '5 MB' };
const SETTINGS = ['budgets', 'baseline'];
const LIMITS = ['max', 'min', 'increase'];

/** @param value parsed JSON. @throws ConfigError */
export function readConfig(value: unknown): BudgetConfig {
  const config = readObject(value, 'the configuration');
  for (const name of Object.keys(config)) {
    if (name !== '$schema' && !SETTINGS.includes(name))
      throw new ConfigError(name, { code: 'unknown setting', name, expected: SETTINGS });
  }
  const given = { ...DEFAULT_BUDGETS, ...readObject(config.budgets ?? {}, 'budgets') };
  const budgets = Object.entries(given)
    .filter(([, limits]) => limits !== null)
    .map(([key, limits]) => readBudget(key, limits));
  return { budgets, baseline: readPaths(config.baseline) };
}

function readBudget(key: string, value: unknown): Budget {
  const path = `budgets[${JSON.stringify(key)}]`;
  const subject = subjectOf(key);
  if (!subject)
    throw new ConfigError(path, { code: 'unknown subject', name: key, expected: SUBJECTS });
  if (typeof value === 'object' && value !== null)
    return { subject, ...readLimits(readObject(value, path), subject.unit, path) };
  const limit = readLimit(value, subject.unit, path);
  return {
    subject,
    max: subject.worse === 'more' ? limit : null,
    min: subject.worse === 'less' ? limit : null,
    increase: null,
  };
}

function readLimits(limits: Fields, unit: Unit, path: string): Omit<Budget, 'subject'> {
  const names = Object.keys(limits);
  const unknown = names.find((name) => !LIMITS.includes(name));
  if (unknown !== undefined) {
    const problem = { code: 'unknown limit', name: unknown, expected: LIMITS } as const;
    throw new ConfigError(`${path}.${unknown}`, problem);
  }
  if (names.length === 0) throw new ConfigError(path, { code: 'no limit' });
  const limit = (name: 'max' | 'min'): number | null =>
    limits[name] === undefined ? null : readLimit(limits[name], unit, `${path}.${name}`);
  const max = limit('max');
  const min = limit('min');
  if (max !== null && min !== null && min > max)
    throw new ConfigError(path, { code: 'min above max' });
  return { max, min, increase: readIncrease(limits.increase, unit, `${path}.increase`) };
}

function readLimit(value: unknown, unit: Unit, path: string): number {
  const limit = readQuantity(value, unit);
  if (limit === null) throw new ConfigError(path, { code: 'not a quantity', value, unit });
  if (unit === 'count' && !Number.isInteger(limit))
    throw new ConfigError(path, { code: 'not a whole number', value });
  return limit;
}

function readIncrease(value: unknown, unit: Unit, path: string): Budget['increase'] {
  if (value === undefined) return null;
  const share = readShare(value);
  if (share !== null) return { share };
  const amount = readQuantity(value, unit);
  if (amount === null) throw new ConfigError(path, { code: 'not an increase', value, unit });
  return { amount };
}

const isPath = (value: unknown): value is string => typeof value === 'string' && value !== '';

function readPaths(value: unknown): string[] {
  if (value === undefined) return [];
  const paths: unknown[] = Array.isArray(value) ? value : [value];
  if (!paths.every(isPath)) throw new ConfigError('baseline', { code: 'not paths', value });
  return paths;
}

function readObject(value: unknown, path: string): Fields {
  if (!isObject(value)) throw new ConfigError(path, { code: 'not an object', value });
  return value;
}

const isObject = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
