import type { Unit } from '../metrics/unit.ts';

/** What is wrong in a configuration; `value` is the value found there. */
export type ConfigProblem =
  | { code: 'unknown setting'; name: string; expected: readonly string[] }
  | { code: 'unknown subject'; name: string; expected: readonly string[] }
  | { code: 'unknown limit'; name: string; expected: readonly string[] }
  | { code: 'not an object'; value: unknown }
  | { code: 'not paths'; value: unknown }
  | { code: 'not a quantity'; value: unknown; unit: Unit }
  | { code: 'not a whole number'; value: unknown }
  /** An increase is a share of the baseline, or a quantity in the unit. */
  | { code: 'not an increase'; value: unknown; unit: Unit }
  | { code: 'no limit' }
  | { code: 'min above max' };

/** A configuration cannot be used. `configErrorText` says why in a sentence. */
export class ConfigError extends Error {
  /** @param path where the problem is: `budgets["module size"].max` */
  constructor(
    readonly path: string,
    readonly problem: ConfigProblem,
  ) {
    super(`${path}: ${problem.code}`);
    this.name = 'ConfigError';
  }
}
