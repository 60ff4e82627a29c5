import type { ParseArgsConfig } from 'node:util';
import { parseArgs } from 'node:util';
import { didYouMean } from '../text/didYouMean.ts';
import { UsageError } from './cliError.ts';
import type { Io } from './io.ts';

/** One command of the command line. */
export interface Command {
  name: string;
  /** One sentence for the list of commands. */
  summary: string;
  /** What `--help` prints, without the summary. */
  help: string;
  /** @returns the exit code: 0 holds, 1 regression or budget broken, 2 could not measure or not comparable */
  run(args: readonly string[], io: Io): Promise<number>;
}

export type Values = Record<string, string | boolean | readonly string[] | undefined>;

export interface Parsed {
  values: Values;
  positionals: string[];
}

/** A command's arguments. @throws UsageError that names what is not known */
export function parse(
  args: readonly string[],
  options: NonNullable<ParseArgsConfig['options']>,
): Parsed {
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      options,
      allowPositionals: true,
      strict: true,
    });
    return { values: values as Values, positionals };
  } catch (error) {
    const message = (error as Error).message.split('. To specify')[0] as string;
    const unknown = /^Unknown option '--([^']+)'/.exec(message)?.[1];
    throw new UsageError(
      unknown === undefined
        ? message
        : `There is no option --${unknown}${didYouMean(unknown, Object.keys(options))}.`,
    );
  }
}

/** An option's text; undefined where it was not given. */
export const text = (values: Values, name: string): string | undefined =>
  values[name] as string | undefined;

/** An option that is a number of at least `least`. @throws UsageError */
export function number(values: Values, name: string, otherwise: number, least = 0): number {
  const given = text(values, name);
  if (given === undefined) return otherwise;
  const value = Number(given);
  if (given.trim() === '' || !Number.isFinite(value) || value < least) {
    throw new UsageError(
      `--${name} is ${JSON.stringify(given)}; a number of at least ${least} is expected.`,
    );
  }
  return value;
}

/** An option that is one of some words. @throws UsageError */
export function choice<Value extends string>(
  values: Values,
  name: string,
  choices: readonly Value[],
): Value | undefined {
  const given = text(values, name);
  if (given === undefined || choices.includes(given as Value)) return given as Value | undefined;
  throw new UsageError(
    `--${name} is ${JSON.stringify(given)}; one of ${choices.join(', ')} is expected.`,
  );
}
