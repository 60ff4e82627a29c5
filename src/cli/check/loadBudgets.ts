import { existsSync, readFileSync } from 'node:fs';
import { dirname, relative, resolve } from 'node:path';
import type { BudgetConfig } from '../../budgets/config.ts';
import { readConfig } from '../../budgets/config.ts';
import { ConfigError } from '../../budgets/configError.ts';
import { configNotJson } from '../../text/cliMessages.ts';
import { configErrorText } from '../../text/configErrorText.ts';
import { CliError, reasonOf } from '../cliError.ts';
import type { Io } from '../io.ts';

/** The configuration file that `check` reads by default. */
export const CONFIG_FILE = 'wasmscope.config.json';

/**
 * The budgets of a configuration file; without one, the default budgets.
 * @param given the file's path; undefined: `wasmscope.config.json` in the current folder
 * @returns the paths of the baseline are absolute
 * @throws CliError that names the key at fault
 */
export function loadBudgets(given: string | undefined, io: Io): BudgetConfig {
  const path = resolve(io.cwd, given ?? CONFIG_FILE);
  if (!existsSync(path)) {
    if (given !== undefined)
      throw new CliError(`--config is ${given}, but there is no such file. Check its path.`);
    io.err(
      `There is no ${CONFIG_FILE} here, so only the default budget is checked: module size at most 5 MB. wasmscope check --help lists what budgets can limit.`,
    );
    return readConfig({});
  }
  try {
    const config = readConfig(JSON.parse(readFileSync(path, 'utf8')));
    return { ...config, baseline: config.baseline.map((file) => resolve(dirname(path), file)) };
  } catch (error) {
    const file = relative(io.cwd, path);
    if (error instanceof ConfigError) throw new CliError(`${file}: ${configErrorText(error)}`);
    if (error instanceof SyntaxError) throw new CliError(configNotJson(file, reasonOf(error)));
    throw error;
  }
}
